import type { Page } from 'playwright-core';
import { DataSource } from 'typeorm';
import { ContactsProcessor } from '../../../src/notifications/contacts.processor.js';
import { NotifyDue } from '../../../src/notifications/notify-due.js';
import type { NextJob } from '../../../src/kernel/jobs.js';
import { NotifyProcessor } from '../../../src/notifications/notify.processor.js';
import { PlanProcessor } from '../../../src/notifications/plan.processor.js';
import { aCall } from '../../support/calls.js';
import { axe, describeBrowser, photo, sideways } from '../../support/browser.js';
import { TestClock } from '../../support/clock.js';
import { startInbox, type InboxTest } from '../../support/inbox.js';
import { somebody, type Somebody } from '../../support/people.js';
import { aProfile } from '../../support/profiles.js';
import { WIND } from '../../support/sheets.js';

const TITLE = 'Floating wind farms';
const NOISE = Array.from({ length: 12 }, (_, i) => aCall(`N${i}`));
const call = (at: string) =>
  aCall('FLOAT', { title: TITLE, sections: WIND, deadlines: [{ at, timeTold: true }] });
const GROUPS = [
  {
    ...{ id: 'offshore', name: { fr: 'En mer', en: 'Offshore' }, members: ['wind', 'sea'] },
    ...{ confirmed: true, source: '' },
  },
];

const WORDS = {
  en: {
    relevant: 'Relevant',
    open: 'Open our interest to the network',
    brings: 'We could bring',
    leads: 'We would lead the bid',
    send: 'Open to the network',
    others: 'Could bring: A test basin',
    begin: 'Begin a joint opportunity',
    pipeline: 'In our pipeline',
    plan: 'Plan back from the closing date',
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
  const clock = new TestClock('2026-06-01T08:00:00Z');
  let world: InboxTest;
  let sea: Somebody;
  let third: Somebody;
  let coordinator: Somebody;
  const start = async (): Promise<void> => {
    clock.set('2026-06-01T08:00:00Z');
    world = await startInbox(
      [aProfile('wind'), aProfile('sea', { name: 'Carnot Sea' }), aProfile('third')],
      [call('2026-11-17T16:00:00.000Z'), ...NOISE],
      GROUPS,
      clock,
    );
    sea = await somebody(world.test, { role: 'officer', profile: 'sea', name: 'Sam Sea' });
    third = await somebody(world.test, { role: 'officer', profile: 'third', name: 'Thea Third' });
    coordinator = await somebody(world.test, { role: 'coordinator', name: 'Cleo Coordinator' });
  };
  afterEach(() => world?.stop());

  /** The page breaks no rule of accessibility and does not scroll sideways. */
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

  /** The page of the call to which the first mail of the institute leads. */
  async function fromFirstMail(): Promise<string> {
    const { app } = world.test;
    const [contacts, plan, notify] = [
      app.get(ContactsProcessor),
      app.get(PlanProcessor),
      app.get(NotifyProcessor),
    ];
    // Who is told is found first, then what, then it is written.
    for (let tick = 0; tick < 3; tick += 1) {
      let jobs: NextJob[] = await app.get(NotifyDue).due();
      while (jobs.length > 0) {
        const next: NextJob[] = [];
        for (const one of jobs) {
          if (one.name === 'contacts') next.push(...(await contacts.run(one.data)));
          if (one.name === 'plan') next.push(...(await plan.run(one.data)));
          if (one.name === 'notify') next.push(...(await notify.run(one.data)));
        }
        jobs = next;
      }
    }
    const [mail] = await app
      .get(DataSource)
      .query<{ id: string }[]>(
        `SELECT n.id FROM notification n JOIN notification_item i ON i.notification_id = n.id WHERE n.profile_id = 'wind' ORDER BY n.created_at LIMIT 1`,
      );
    const shown = await world.officer.get(`/institutes/wind/messages/${mail!.id}`);
    const id = await world.id(TITLE);
    expect(shown.body).toContain(TITLE);
    return `/institutes/wind/calls/${id}`;
  }

  it.each(['en', 'fr'] as const)(
    'with two institutes and the coordination, its dates moved once, in %s',
    async (language) => {
      await start();
      const words = WORDS[language];
      const as = (who: Somebody, width = 1440): Promise<Page> =>
        browser.open(world.test.url, { cookie: `${who.cookie}; lang=${language}`, language, width });
      const path = await fromFirstMail();
      const id = path.split('/').at(-1)!;

      // An institute finds it relevant: nobody else hears of it, until it opens its interest.
      const wind = await as(world.officer);
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

      // It is in the pipeline, and its dates move with the call.
      await wind.getByRole('link', { name: words.pipeline }).click();
      await wind.waitForURL(/\/pipeline\//);
      const own = new URL(wind.url()).pathname;
      await wind.getByRole('button', { name: words.plan }).click();
      await wind.waitForSelector('.flash');
      const first = async () => wind.locator('.milestones input[type=date]').first().inputValue();
      const before = await first();
      await world.store([call('2026-12-17T16:00:00.000Z'), ...NOISE]);
      await wind.goto(own);
      await wind.getByRole('button', { name: words.moved }).click();
      await wind.waitForSelector('.flash');
      expect(Date.parse(await first()) - Date.parse(before)).toBe(30 * 86_400_000);
      for (const stage of ['preparing', 'submitted', 'funded']) {
        await wind.locator('form.move select').selectOption(stage);
        await wind.getByRole('button', { name: words.doMove, exact: true }).click();
        await wind.waitForSelector('.flash');
      }
      await sound(wind, `funded-${language}`);

      // What it has inside stays there; that it was funded the members say together.
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
