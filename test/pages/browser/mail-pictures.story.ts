import { requirementsOf } from '../../../src/calls/domain/requirements.js';
import { proposalMail } from '../../../src/proposals/domain/proposal-mails.js';
import { proposalMessage } from '../../../src/proposals/domain/message.js';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { FAMILIES, type Font } from '../../support/pages/fonts.js';
import { aCall } from '../../support/matching/calls.js';
import { occasionMails } from '../../support/notifications/sample-mails.js';
import { hostile, largest, opening, urgent, weekly } from '../../support/notifications/sample-messages.js';
import { everyNth, sampled } from '../../support/release.js';

const MESSAGES = { first: opening, digest: weekly, urgent };
const HARD = { hostile, largest };
/** Whether photos are taken: then of each mail in both languages, wide and narrow, light and dark. */
const LOOKED_AT = Boolean(process.env['PHOTOS']);
const looks = (width: number, dark: boolean) => ({ width, dark });
const EVERY_LOOK = [looks(700, false), looks(700, true), looks(400, false), looks(400, true)];
const TWO_LOOKS = [looks(700, false), looks(400, true)];
const LANGUAGES = ['fr', 'en'] as const;

/** The language does not affect colours, and hardly affects widths. */
const LOOKS = LOOKED_AT
  ? LANGUAGES.flatMap((language) => EVERY_LOOK.map((look) => ({ language, ...look })))
  : [
      { language: 'en' as const, ...looks(1000, false) },
      { language: 'fr' as const, ...looks(400, true) },
      { language: 'en' as const, ...looks(400, false) },
    ];
const ALL = [
  ...Object.entries(MESSAGES).flatMap(([name, make]) => LOOKS.map((look) => ({ name, make, ...look }))),
  ...Object.entries(HARD).flatMap(([name, make]) =>
    LOOKS.slice(1, 3).map((look) => ({ name, make, ...look })),
  ),
];

const OCCASIONS = Object.keys(occasionMails('fr')).flatMap((name, i) =>
  (LOOKED_AT ? LANGUAGES : [LANGUAGES[i % 2]!]).map((language) => ({ name, language, i })),
);

/** The languages take turns. */
const HALF_OF_EACH = (_: unknown, at: number): boolean => LOOKED_AT || at % 4 === 0 || at % 4 === 3;

describeBrowser('a mail in a mail program', (browser) => {
  // A mail is not a page of the site, so it has no address.
  it.each(sampled('messages in every look', ALL, everyNth(2)))(
    '$name, $language, $width pixels, dark: $dark: fits its window, and nothing of it is hard to read',
    async ({ name, make, language, width, dark }) => {
      const { html } = renderMail(make(language));
      // A machine without Arial writes it in another font.
      for (const font of Object.keys(FAMILIES) as Font[]) {
        const page = await browser.open('http://localhost', { width, dark, language, font });
        const asked: string[] = [];
        page.on('request', (request) => asked.push(request.url()));
        await page.setContent(html!);
        await photo(page, `mail-${name}-${language}-${width}${dark ? '-dark' : ''}-${font}`);
        expect({ font, over: await sideways(page) }).toEqual({ font, over: 0 });
        if (font === 'usual') expect(await axe(page, { colours: true })).toEqual([]);
        expect(asked).toEqual([]);
      }
    },
  );

  it.each(sampled('mails of occasions', OCCASIONS, HALF_OF_EACH))(
    '$name: fits its window, and nothing of it is hard to read',
    async ({ name, language, i }) => {
      const { html } = occasionMails(language)[name]!;
      for (const { width, dark } of LOOKED_AT
        ? EVERY_LOOK
        : sampled('the looks of each mail', TWO_LOOKS, (_, at) => at === Math.floor(i / 2) % 2)) {
        const page = await browser.open('http://localhost', { width, dark, language });
        await page.setContent(html);
        await photo(page, `mail-${name}-${language}-${width}${dark ? '-dark' : ''}`);
        expect(await sideways(page)).toBe(0);
        expect(await axe(page, { colours: true })).toEqual([]);
      }
      const narrow = await browser.open('http://localhost', { width: 400, language, font: 'wide' });
      await narrow.setContent(html);
      expect(await sideways(narrow)).toBe(0);
    },
  );

  it.each(
    LANGUAGES.flatMap((language) => (['first', 'digest'] as const).map((kind) => ({ language, kind }))),
  )(
    'tells ten calls, and what each is about, on 2,900 pixels ($kind, $language)',
    async ({ language, kind }) => {
      const page = await browser.open('http://localhost', { width: 700, language });
      const first = opening(language);
      const message = kind === 'first' ? first : { ...first, kind, more: 0 };
      await page.setContent(renderMail(message).html!);
      expect(await page.locator('a[href*="/decide/"][href$=".r"]').count()).toBe(10);
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2_900);
    },
  );

  it.each(LANGUAGES)(
    'says all of it where style sheets are dropped, on a telephone too (%s)',
    async (language) => {
      const page = await browser.open('http://localhost', { width: 400, language });
      await page.setContent(renderMail(weekly(language)).html!.replace(/<style>[^]*?<\/style>/g, ''));
      await photo(page, `mail-bare-${language}-400`);
      expect(await sideways(page)).toBe(0);
      expect(await axe(page, { colours: true })).toEqual([]);
    },
  );

  it.each(LANGUAGES)('proposes a call on one screen of 700 by 900 pixels (%s)', async (language) => {
    const page = await browser.open('http://localhost', { width: 700, language });
    const text = `${'Partners of the consortium build and test '.repeat(6)}offshore wind farms.`;
    const call = aCall('W', {
      title: 'A call with a title as long as those of the portal tend to be: '.repeat(3),
      identifier: 'HORIZON-CL5-2027-02-D3-LONG-NAME-01',
      typesOfAction: ['HORIZON Research and Innovation Actions'],
      url: 'https://ec.europa.eu/info/funding-tenders/opportunities/portal/screen/opportunities/topic-details/HORIZON-CL5-2027-02-D3-LONG-NAME-01',
      deadlines: Array.from({ length: 8 }, (_, i) => ({
        at: `2027-0${i + 1}-12T16:00:00Z`,
        timeTold: true,
      })),
      sections: [{ kind: 'scope', title: 'Scope', text }],
    });
    const start = text.indexOf('offshore');
    const competences = ['Radio-frequency and power chips', 'Semiconductors and pilot lines', 'Photonics'];
    const evidence = competences.map((competence) => ({
      competence,
      term: 'offshore wind',
      field: 'sections.0',
      spans: [{ start, end: start + 13 }],
      contribution: 20,
    }));
    const match = {
      score: 60,
      competences: competences.map((competence) => ({ competence, score: 20, excludedBy: null })),
      evidence,
    };
    const message = proposalMessage({
      researcher: { name: 'Marie Martin', language },
      why: competences.map((competence) => ({
        ...{ competence, points: 20 },
        terms: ['gallium nitride', 'mm-wave', 'power electronics', 'semiconductors'],
      })),
      word: null,
      call,
      stated: requirementsOf(call),
      total: 'topic',
      matched: { match, content: call },
      officer: 'Odile Officer',
      institute: 'Carnot Énergies du futur',
      now: new Date('2026-11-01T08:00:00Z'),
    });
    const link = `https://calls.test/answer/${'x'.repeat(43)}`;
    const sent = { language, link, officer: 'Odile Officer', institute: 'Carnot Air', replies: true };
    await page.setContent(proposalMail({ ...message, ...sent }).html!);
    await photo(page, `mail-proposal-${language}-700`);
    const height = (): Promise<number> =>
      page.evaluate(() => document.body.firstElementChild!.getBoundingClientRect().bottom);
    expect(await height()).toBeLessThanOrEqual(900);
  });
});
