import type { Page } from 'playwright-core';
import type { Wiring } from '../../../src/app/platform.module.js';
import type { Group } from '../../../src/network/domain/group.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { digesting, everybodyGone, files, harvested } from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { until } from '../../support/until.js';
import { first, sampled } from '../../support/release.js';

const TITLE = 'Floating wind farms';
/** A portal topic, changed to be about wind. */
const TOPIC = '90000001TOPICSen';
const GROUPS: Group[] = [
  {
    ...{ id: 'offshore', name: { fr: 'En mer', en: 'Offshore' }, members: ['wind', 'sea'] },
    ...{ confirmed: true, source: '' },
  },
];

const WORDS = {
  en: {
    relevant: 'Relevant',
    open: 'Share our interest with the network',
    brings: 'We could bring',
    leads: 'We would lead the bid',
    send: 'Share with the network',
    others: 'Could bring: A test basin',
    begin: 'Start a joint opportunity',
    pipeline: 'In our pipeline',
    plan: 'Plan backwards from the closing date',
    moved: 'Move our dates with it',
    doMove: 'Move',
  },
  fr: {
    relevant: 'Pertinent',
    open: 'Signaler notre intérêt au réseau',
    brings: 'Nous pourrions apporter',
    leads: 'Nous pourrions porter le projet',
    send: 'Signaler au réseau',
    others: 'Pourrait apporter : A test basin',
    begin: 'Lancer un projet commun',
    pipeline: 'Dans nos projets',
    plan: 'Planifier à rebours depuis la clôture',
    moved: 'Décaler nos dates',
    doMove: 'Déplacer',
  },
};

describeBrowser('a call from the first mail to the result', (browser) => {
  let h: Harvesting;
  let config: ReturnType<typeof configWith>;
  let officer: Somebody;
  let sea: Somebody;
  let third: Somebody;
  let coordinator: Somebody;
  /** Starts three institutes whose officers are recipients, and the portal, harvested over HTTP. */
  const start = async (): Promise<void> => {
    config = configWith(
      [aProfile('wind'), aProfile('sea', { name: 'Carnot Sea' }), aProfile('third')],
      GROUPS,
    );
    const adjust = (wiring: Wiring): Wiring => ({
      ...on(config.dir)(digesting({ minScore: 20 })(wiring)),
      sources: wiring.sources,
    });
    h = await Harvesting.start({ copies: 1, institutes: 'all', adjust });
    h.portal.title(TOPIC, TITLE);
    h.portal.edit(TOPIC, {
      descriptionByte: [
        '<p><b>Scope</b>:</p><p>Floating foundations of a wind turbine far from the shore, and offshore wind farms.</p>',
      ],
    });
    h.portal.deadline(TOPIC, '2026-11-17T17:00:00.000+0100');
    officer = await somebody(h.test, { role: 'officer', profile: 'wind', name: 'Olga Officer' });
    sea = await somebody(h.test, { role: 'officer', profile: 'sea', name: 'Sam Sea' });
    third = await somebody(h.test, { role: 'officer', profile: 'third', name: 'Thea Third' });
    coordinator = await somebody(h.test, { role: 'coordinator', name: 'Cleo Coordinator' });
    await h.ended();
    await h.matched();
    await everybodyGone(h);
  };
  afterEach(async () => {
    await h?.stop();
    config?.remove();
  });

  /** Checks that the page has no accessibility violations and does not scroll sideways. */
  const sound = async (page: Page, name: string): Promise<void> => {
    await photo(page, name);
    expect({ name, axe: await axe(page), sideways: await sideways(page) }).toEqual({
      name,
      axe: [],
      sideways: 0,
    });
  };
  const nobodyElse = async (path: string, who: Somebody, status = 403): Promise<void> =>
    expect({ path, status: (await who.get(path)).status }).toEqual({ path, status });

  /** Returns the call page that the officer's first mail links to. */
  async function fromFirstMail(): Promise<string> {
    const text = await until('the first mail', async () => {
      await h.tick();
      const mail = (await files(h)).find((m) => JSON.stringify(m.to).includes(officer.person.email));
      return mail?.text;
    });
    expect(text).toContain(TITLE);
    return /http:\/\/calls\.test\/\S+\?next=(\/institutes\/wind\/calls\/[0-9a-f-]{36})/.exec(text)![1]!;
  }

  it.each(sampled('a call from mail to result, by language', ['fr', 'en'] as const, first))(
    'with two institutes and the coordination, its dates moved once, in %s',
    async (language) => {
      await start();
      const words = WORDS[language];
      const as = (who: Somebody, width = 1440): Promise<Page> =>
        browser.open(h.test.url, { cookie: `${who.cookie}; lang=${language}`, language, width });
      const path = await fromFirstMail();
      const id = path.split('/').at(-1)!;

      // An institute marks it as relevant; nobody else knows until it opens its interest.
      const wind = await as(officer);
      await wind.goto(path);
      await wind.getByRole('button', { name: words.relevant, exact: true }).click();
      await wind.waitForSelector('.flash');
      const other = await as(sea);
      await other.goto(`/institutes/sea/calls/${id}`);
      expect(await other.locator('section[aria-labelledby=interest]').textContent()).not.toContain('wind');
      await other.getByRole('link', { name: words.open }).click();
      await other.getByLabel(words.brings).fill('A test basin');
      await sound(other, `interest-${language}`);
      await other.getByRole('button', { name: words.send, exact: true }).click();
      await other.waitForSelector('.flash');

      await wind.goto(path);
      expect(
        (await wind.locator('section[aria-labelledby=interest]').textContent())!.replaceAll('\u00a0', ' '),
      ).toContain(words.others);
      await wind.getByRole('link', { name: words.open }).click();
      await wind.getByLabel(words.leads).check();
      await wind.getByRole('button', { name: words.send, exact: true }).click();
      await wind.waitForSelector('.flash');
      await wind.getByRole('button', { name: words.begin }).click();
      await wind.waitForURL(/\/joint\/[0-9a-f-]{36}$/);
      await sound(wind, `joint-${language}`);
      const joint = new URL(wind.url()).pathname.split('/').at(-1)!;

      // The bid is in the pipeline, and its dates move with the call.
      await wind.getByRole('link', { name: words.pipeline }).click();
      await wind.waitForURL(/\/pipeline\//);
      const own = new URL(wind.url()).pathname;
      await wind.getByRole('button', { name: words.plan }).click();
      await wind.waitForSelector('.flash');
      const first = async () => wind.locator('.milestones input[type=date]').first().inputValue();
      const before = await first();
      // No new date is offered until the portal moves the deadline, and then only one.
      const offered = async (): Promise<number> => {
        await harvested(h);
        await wind.goto(own);
        return wind.getByRole('button', { name: words.moved }).count();
      };
      expect(await offered()).toBe(0);
      h.portal.deadline(TOPIC, '2026-12-17T17:00:00.000+0100');
      expect(await offered()).toBe(1);
      await wind.getByRole('button', { name: words.moved }).click();
      await wind.waitForSelector('.flash');
      expect(Date.parse(await first()) - Date.parse(before)).toBe(30 * 86_400_000);
      expect(await offered()).toBe(0);
      for (const stage of ['preparing', 'submitted', 'funded']) {
        await wind.locator('form.move select').selectOption(stage);
        await wind.getByRole('button', { name: words.doMove, exact: true }).click();
        await wind.waitForSelector('.flash');
      }
      await sound(wind, `funded-${language}`);

      // An institute's internal notes stay private; that the bid was funded is shared by its members.
      await other.goto(`/institutes/sea/joint/${joint}`);
      await other.getByLabel(language === 'en' ? 'Stage' : 'Étape', { exact: true }).selectOption('funded');
      await other.getByRole('button', { name: language === 'en' ? 'Save' : 'Enregistrer' }).click();
      await other.waitForSelector('.flash');
      const network = await as(coordinator);
      await network.goto('/network?show=wanted');
      expect(await network.locator('.matrix tbody th a').first().textContent()).toBe(TITLE);
      expect(await network.locator('.matrix td b').allTextContents()).toEqual(['◆', '★']);
      await sound(network, `matrix-${language}`);
      const narrow = await as(coordinator, 390);
      for (const page of ['/network', '/network/joint', '/network/institutes', `/network/joint/${joint}`]) {
        await narrow.goto(page);
        await sound(narrow, `${page.replaceAll('/', '-')}-narrow-${language}`);
      }
      for (const who of [sea, third, coordinator]) await nobodyElse(own, who);
      for (const page of ['/network', '/network/joint', `/network/joint/${joint}`, '/network/papers'])
        await nobodyElse(page, sea);
      await nobodyElse(`/institutes/wind/joint/${joint}`, sea);
      await nobodyElse(`/institutes/third/joint/${joint}`, third, 404);
      await nobodyElse(`/institutes/wind/joint/${joint}`, coordinator);
    },
  );
});
