import { gzipSync } from 'node:zlib';
import { DataSource } from 'typeorm';
import { aCall, inDays } from '../../support/matching/calls.js';
import { axe, cutOff, describeBrowser, misplaced, photo, sideways } from '../../support/pages/browser.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const competence = (label: string, ...keywords: string[]) => ({
  label,
  description: '',
  keywords,
  exclusions: [],
  weight: 1,
});
const LABELS = [
  'Wind energy',
  'Marine energy',
  'Composites',
  'Corrosion',
  'Grids',
  'Fish',
  'Noise',
  'Ports',
  'Law',
];
const WORDS = [
  'wind turbine',
  'tidal energy',
  'composite blades',
  'corrosion',
  'offshore grids',
  'fish stocks',
  'underwater noise',
  'port logistics',
  'maritime law',
];
const PROFILE = aProfile('wind', {
  name: 'Carnot Vent',
  competences: LABELS.map((label, i) => competence(label, WORDS[i]!)),
});

const filler =
  'Activities are expected to bring together knowledge and practice in order to achieve the expected outcomes of this topic. ';
const BODY = WORDS.map(
  (word, i) => `${filler.repeat(8)}\nHere stands ${word}, paragraph ${i}. ${filler.repeat(4)}`,
).join('\n');
const call = (told: object = {}) =>
  aCall('WIND', {
    title: 'Offshore wind turbine towers',
    typesOfAction: ['HORIZON Innovation Actions'],
    callIdentifier: 'HORIZON-W',
    url: 'https://example.org/topic',
    deadlineModel: 'two-stage',
    deadlines: [
      { at: inDays(20), timeTold: true },
      { at: inDays(200), timeTold: true },
    ],
    sections: [{ kind: 'scope', title: 'Scope', text: BODY }],
    ...told,
  });
const SISTER = aCall('SISTER', {
  title: 'Cables',
  callIdentifier: 'HORIZON-W',
  budget: {
    currency: 'EUR',
    total: 30_000_000,
    expectedGrants: 6,
    minContribution: null,
    maxContribution: 5_000_000,
    years: [],
  },
});

const LAYERS = [
  aCall('JOINT', {
    title: 'Water4All joint transnational call 2031',
    kind: 'cascade',
    identifier: 'HORIZON-CL6-2021-WATER-01',
    parentTopic: { identifier: 'HORIZON-CL6-2021-WATER-01', title: 'European Partnership Water4All' },
    project: { acronym: 'Water4All', name: null, id: null },
    url: 'https://example.org/joint',
    deadlines: [
      { at: '2031-07-16T13:00:00Z', timeTold: true },
      { at: '2031-12-02T14:00:00Z', timeTold: true },
    ],
  }),
  aCall('ANNEX', {
    title: 'Nappes côtières et salinisation (Water4All 2031)',
    language: 'fr',
    funder: 'Agence nationale de la recherche',
    url: 'https://example.org/annexe',
    deadlines: [{ at: '2031-07-16T15:00:00Z', timeTold: true }],
    sections: [
      {
        kind: 'summary',
        title: '',
        text: 'Appel transnational conjoint 2031 du partenariat européen Water4All.\nLes équipes françaises sont financées par l’ANR selon ses propres règles ; elles demandent au plus 230 000 € chacune.\nBudget indicatif pour la France : 2,3 M€.',
      },
    ],
  }),
];

describeBrowser('the page of a call in a browser', (browser) => {
  let inbox: InboxTest;
  let path: string;
  beforeAll(async () => {
    const noise = Array.from({ length: 20 }, (_, i) => aCall(`N${i}`));
    inbox = await startInbox([PROFILE], [call(), SISTER, ...LAYERS, ...noise]);
    const id = await inbox.id('Offshore wind turbine towers');
    path = `/institutes/wind/calls/${id}`;
    for (const [number, question] of [
      ['1', 'May a tower of wood be proposed for an island where no wind has ever been measured?'],
      ['2', 'Is a mast a tower?'],
    ])
      await inbox.test.app.get(DataSource).query(
        `INSERT INTO question (id, topics, question, answer, url, published_at, listed_as, cut, document_hash, first_seen_at, is_news, changes, seen_at, gone_at)
         SELECT $1, ARRAY[upper(content->>'identifier')], $2, $3, 'https://example.org/faq', now(), 'row', false, 'd', now(), true, $4, now(), CASE WHEN $1 = '2' THEN now() END FROM call WHERE id = $5`,
        [
          number,
          question,
          'Yes, for parts of the work.\nSee the conditions of the call.',
          JSON.stringify([{ at: new Date().toISOString(), field: 'answer', from: 'No.', to: 'Yes.' }]),
          id,
        ],
      );
    await inbox.officer.post(`${path}/verdict`, { verdict: 'relevant' });
    await inbox.officer.post(`${path}/notes`, { text: 'Relancer le consortium.' });
    await inbox.officer.get(path);
    await inbox.store([
      call({
        deadlines: [
          { at: inDays(30), timeTold: true },
          { at: inDays(200), timeTold: true },
        ],
        sections: [{ kind: 'scope', title: 'Scope', text: BODY.replace('paragraph 4', 'paragraph four') }],
      }),
      SISTER,
      ...LAYERS,
      ...noise,
    ]);
  });
  afterAll(() => inbox?.stop());

  const open = (look = {}) => browser.open(inbox.test.url, { cookie: inbox.officer.cookie, ...look });

  it('shows the layers of a partnership’s call on a telephone and on a desk, with nothing cut off', async () => {
    for (const { title } of LAYERS)
      for (const width of [390, 1440]) {
        const page = await open({ width, dark: width === 390 });
        await page.goto(`/institutes/wind/calls/${await inbox.id(title)}`);
        const part = page.locator('section', { has: page.locator('#partnership') }).last();
        await part.scrollIntoViewIfNeeded();
        expect(await part.locator('q').allInnerTexts()).toContainEqual(expect.stringContaining('2,3 M€'));
        await photo(page, `call-partnership-${title.slice(0, 5)}-${width}`);
        expect([await axe(page), await misplaced(page), await sideways(page), await cutOff(page)]).toEqual([
          [],
          [],
          0,
          [],
        ]);
      }
  });

  it('has what one decides by on its first screen, and on the first two of a telephone; no part of it scrolls by itself', async () => {
    for (const [width, height, screens] of [
      [1440, 900, 1],
      [390, 844, 2],
    ] as const)
      for (const language of ['fr', 'en'] as const) {
        const cookie = `${inbox.officer.cookie}; lang=${language}`;
        const page = await open({ width, cookie, dark: language === 'en' });
        await page.goto(path);
        await photo(page, `call-first-screen-${width}-${language}`);
        for (const needed of [
          'h1',
          '.gist',
          '.summary',
          '.summary time',
          '.verdicts button',
          '#reasons',
          '.reasons',
        ]) {
          const { y, height: tall } = (await page.locator(`.call ${needed}`).first().boundingBox())!;
          expect({ needed, width, below: Math.max(0, Math.round(y + tall - screens * height)) }).toEqual({
            needed,
            width,
            below: 0,
          });
        }
        const scrolling = await page
          .locator('.call *')
          .evaluateAll((all) =>
            all
              .filter(
                (e) =>
                  e.scrollHeight > e.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(e).overflowY),
              )
              .map((e) => e.className),
          );
        expect(scrolling).toEqual([]);
      }
  });

  it('leads from a reason to its passage, which is marked as the one', async () => {
    const page = await open();
    await page.goto(path);
    const link = page.locator('.terms a', { hasText: 'maritime law' });
    await link.click();
    const mark = page.locator(`mark${await link.getAttribute('href')}`);
    await expect(mark.textContent()).resolves.toBe('maritime law');
    await page.waitForFunction(
      (selector) => {
        const { top, bottom } = document.querySelector(selector)!.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      },
      `mark${await link.getAttribute('href')}`,
    );
    expect(await mark.evaluate((m) => getComputedStyle(m).outlineStyle)).toBe('solid');
  });

  it('leads there without a script too', async () => {
    const page = await open({ javaScript: false });
    await page.goto(path);
    await page.locator('.terms a', { hasText: 'maritime law' }).click();
    const box = await page.locator('mark:target').boundingBox();
    expect(box!.y).toBeGreaterThan(0);
    expect(box!.y).toBeLessThan(900);
    expect(await page.locator('form[action$="/verdict"] button').first().isVisible()).toBe(true);
    expect(await page.locator('.keys').isVisible()).toBe(false);
  });

  it('decides by one key, undoes by another, goes from mark to mark, and types into a note without either', async () => {
    const page = await open();
    await page.goto(path);
    await page.keyboard.press('u');
    await page.waitForLoadState();
    await page.waitForFunction(() => !document.querySelector('.verdict'));
    await page.keyboard.press('s');
    await page.waitForSelector('.verdict.relevant');
    await page.keyboard.press('m');
    await page.keyboard.press('m');
    expect(await page.locator('mark.here').count()).toBe(1);
    await page.locator('#note').fill('');
    await page.locator('#note').press('u');
    expect(await page.locator('#note').inputValue()).toBe('u');
    expect(await page.locator('.verdict.relevant').count()).toBe(1);
  });

  it('has the keys of the inbox: a list of them, a decision with its reason, a study, a day; the switch turns them off', async () => {
    const page = await open();
    await page.goto(path);
    await page.keyboard.press('?');
    await page.locator('dialog[open] kbd').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.keyboard.press('3');
    await page.waitForSelector('.verdict.not');
    await page.keyboard.press('l');
    expect(await page.locator('.put-off input').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('.put-off input').isVisible()).toBe(false);
    await page.keyboard.press('t');
    await page.waitForSelector('.verdict.study');
    await page.keyboard.press('?');
    await page.locator('#keys-on').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    expect(await page.locator('.why[open]').count()).toBe(0);
    await page.keyboard.press('?');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.locator('#keys-open').click();
    await page.locator('#keys-on').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('s');
    await page.waitForSelector('.verdict.relevant');
  });

  it('is found as one types, in French too', async () => {
    const page = await open({});
    await page.goto('/calls');
    await page.locator('#q').fill('liturgie byzantine');
    await page.locator('#list .empty').waitFor();
    await page.locator('#q').fill('éolienne');
    const found = page.locator('#list .calls th[scope=row] a');
    await found.first().waitFor();
    expect(await found.first().textContent()).toBe('Offshore wind turbine towers');
    expect(new URL(page.url()).searchParams.get('q')).toBe('éolienne');
  });

  it('is searched for from the second letter on, and answers that were overtaken are dropped', async () => {
    const page = await open({});
    const asked: string[] = [];
    let late: (() => Promise<void>) | undefined;
    await page.route(/\/calls\?/, async (route) => {
      const q = new URL(route.request().url()).searchParams.get('q')!;
      asked.push(q);
      // The first answer is held back until the second one is shown.
      if (q === 'li') late = () => route.continue().catch(() => undefined);
      else await route.continue();
    });
    await page.goto('/calls');
    await page.locator('#q').pressSequentially('l');
    const first = page.waitForRequest(/q=li$|q=li&/);
    await page.locator('#q').pressSequentially('i');
    await first;
    await page.locator('#q').fill('éolienne');
    const found = page.locator('#list .calls th[scope=row] a');
    await page.locator('#list .calls mark').first().waitFor();
    await late!();
    expect(asked).toEqual(['li', 'éolienne']);
    expect(await found.first().textContent()).toBe('Offshore wind turbine towers');

    // The list of the dialog, too.
    await page.keyboard.press('Control+k');
    await page.locator('#find input').pressSequentially('profl', { delay: 1 });
    await page.locator('#found li:first-child a', { hasText: 'Profil' }).waitFor();
  });

  it('is told of beside the list of all calls, by key, by mouse and as one types; without a script the list is links', async () => {
    const page = await open({ language: 'en', cookie: `${inbox.officer.cookie}; lang=en` });
    await page.goto('/calls');
    const beside = page.locator('#pane h2');
    const names = page.locator('.calls th[scope=row] > a');
    const told = (title: string) => page.locator('#pane h2', { hasText: title }).waitFor();
    const titles = await names.allTextContents();
    await told(titles[0]!);
    for (const [key, at] of [
      ['j', 0],
      ['j', 1],
      ['j', 2],
      ['k', 1],
    ] as const) {
      await page.keyboard.press(key);
      await told(titles[at]!);
    }
    await page.locator('.calls tbody tr').nth(2).locator('td').first().click();
    await told(titles[2]!);
    await page.locator('#q').fill('wind turbine towers');
    await told('Offshore wind turbine towers');
    // Why it matches, and details that do not fit into its row.
    const pane = await page.locator('#pane').innerText();
    for (const words of ['strong', 'offshore wind', 'Deadline', 'Budget', 'Open the call'])
      expect(pane).toContain(words);
    expect(await axe(page)).toEqual([]);
    await photo(page, 'calls-beside-en-1440');
    await page.locator('#pane').getByRole('link', { name: 'Open the call' }).click();
    await page.waitForURL(/\/institutes\/wind\/calls\//);

    const bare = await open({ language: 'en', javaScript: false });
    await bare.goto('/calls');
    expect(await bare.locator('#pane').isVisible()).toBe(false);
    await bare.locator('.calls th[scope=row] > a').first().click();
    await bare.waitForURL(/\/institutes\/wind\/calls\//);
    expect(await beside.count()).toBe(0);
  });

  for (const look of [
    { language: 'fr' },
    { language: 'en', dark: true },
    { language: 'fr', width: 390 },
  ] as const) {
    it(`has nothing that axe finds, and fits its window: ${JSON.stringify(look)}`, async () => {
      const page = await open({ ...look, cookie: `${inbox.officer.cookie}; lang=${look.language}` });
      for (const at of [path, '/calls', '/calls?q=nothingofthekind', '/changes']) {
        await page.goto(at);
        await page.evaluate(() =>
          document.querySelectorAll('main details').forEach((d) => d.setAttribute('open', '')),
        );
        expect(await axe(page)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0);
        await photo(
          page,
          `call-${at === path ? 'one' : at.replace(/\W+/g, '-')}-${look.language}-${'width' in look ? 390 : 1440}`,
        );
      }
    });
  }

  it('is on paper what the call says and why it fits, without buttons and menus, its marks told apart without colour', async () => {
    const page = await open();
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.head', '.menu', '.verdicts', '.actions', '#notes', '#neighbours', '.contents']) {
      expect({
        gone,
        shown: (await page.locator(gone).count()) > 0 && (await page.locator(gone).first().isVisible()),
      }).toEqual({ gone, shown: false });
    }
    for (const kept of ['h1', '#dates', '#facts', '#reasons', '.text mark'])
      expect({ kept, shown: await page.locator(kept).first().isVisible() }).toEqual({ kept, shown: true });
    // Changes are printed too, whether folded on the screen or not.
    await page
      .locator('.event')
      .first()
      .evaluate((event) => event.removeAttribute('open'));
    expect(await page.locator('.event li').first().isVisible()).toBe(true);
    const look = await page
      .locator('.text mark')
      .first()
      .evaluate((m) => ({
        line: getComputedStyle(m).borderBottomStyle,
        letter: getComputedStyle(m, '::after').content,
      }));
    expect(look.line).not.toBe('none');
    expect(look.letter).toMatch(/[A-Z]/);
  });

  it('has questions of others, which an officer searches and unfolds without scripts', async () => {
    const page = await open({ javaScript: false, cookie: `${inbox.officer.cookie}; lang=en` });
    await page.goto(path);
    const questions = page.locator('section[aria-labelledby=questions]');
    expect(await questions.locator('summary').count()).toBe(2);
    expect(await questions.innerText()).toContain('Withdrawn on');
    await questions.getByRole('searchbox').fill('mast TOWER');
    await questions.getByRole('button').click();
    await page.waitForURL(/\?questions=mast\+TOWER#questions$/);
    expect(await questions.locator('summary').allInnerTexts()).toEqual(['Is a mast a tower?']);
    await questions.locator('summary').click();
    expect(await questions.locator('details p').first().innerText()).toBe('Yes, for parts of the work.');
    await questions.getByRole('link', { name: 'Show all' }).click();
    await page.waitForURL(/calls\/[\w-]+#questions$/);
    expect(await questions.locator('summary').count()).toBe(2);
  });

  it('is light over the wire, however long the text', async () => {
    const { body } = await (await somebody(inbox.test, { role: 'officer', profile: 'wind' })).get(path);
    expect(gzipSync(body).length).toBeLessThan(40_000);
  });
});
