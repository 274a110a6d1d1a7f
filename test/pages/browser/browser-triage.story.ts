import type { Page } from 'playwright-core';
import { aCall } from '../../support/matching/calls.js';
import { axe, describeBrowser, holding, misplaced, photo, sideways } from '../../support/pages/browser.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { api } from '../../support/app.js';
import { aProfile } from '../../support/matching/profiles.js';
import { first, sampled } from '../../support/release.js';

const NB = '\u00a0';
const about = (text: string) => [{ kind: 'scope' as const, title: 'Scope', text }];
const calls = [
  ...Array.from({ length: 24 }, (_, i) =>
    aCall(`W${i}`, {
      title: `Offshore wind turbine number ${i}`,
      keywords: ['wind turbine', 'offshore wind'],
      sections: about('A wind turbine for offshore wind.'),
      url: `https://portal.example/topic/W${i}`,
      ...(i === 0 && { identifier: 'HORIZON-JU-CLEAN-H2-2027-05-02-LONG-NAME' }),
      typesOfAction: [i === 3 ? 'DIGITAL-SIMPLE DIGITAL Simple Grants' : 'HORIZON Innovation Actions'],
      ...(i === 2 && { deadlines: [] }),
      budget: {
        currency: 'EUR',
        total: 2e7,
        expectedGrants: 4,
        minContribution: 4e6,
        maxContribution: 5e6,
        years: [],
      },
    }),
  ),
  ...Array.from({ length: 60 }, (_, i) =>
    aCall(`other-${i}`, { title: `Monuments ${i}`, sections: about('Frescoes and old manuscripts.') }),
  ),
];

/** A topic under two identifiers. */
const TWINS = ['EURATOM-2027-01-05', 'EURATOM-LS-2027-01-05'].map((identifier, i) =>
  aCall(`twin-${i}`, {
    title: 'A turbine of its own kind',
    keywords: ['wind turbine', 'offshore wind'],
    sections: about('A wind turbine for offshore wind.'),
    identifier,
  }),
);

describeBrowser('triage by keyboard', (browser) => {
  let inbox: InboxTest;
  beforeEach(async () => {
    inbox = await startInbox([aProfile('wind', { confirmed: true })], calls);
  });
  afterEach(() => inbox?.stop());

  const open = (language: 'fr' | 'en', look = {}): Promise<Page> =>
    browser.open(inbox.test.url, { cookie: `${inbox.officer.cookie}; lang=${language}`, language, ...look });
  const counts = async () =>
    (
      await api<{ counts: Record<string, number> }>(inbox.test.url, '/v1/profiles/wind/inbox', {
        token: inbox.token,
      })
    ).body.counts;
  const focused = (page: Page) =>
    page.evaluate(
      () => document.activeElement?.closest('li[id^=call-]')?.id ?? document.activeElement?.tagName ?? null,
    );
  const settled = (page: Page, decided: number) =>
    page.waitForFunction((n) => document.querySelectorAll('[data-decided]').length === n, decided);

  it('shows one question at a time: why not, or until when', async () => {
    const page = await open('fr');
    await page.goto('/institutes/wind/inbox');
    const shown = () =>
      page.locator('.inbox-row details[open]').evaluateAll((all) => all.map((d) => d.className));
    for (const [key, question] of [
      ['l', 'put-off'],
      ['n', 'why'],
      ['l', 'put-off'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await shown()).toEqual([question]);
    }
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('n');
    expect(await shown()).toEqual(['why']);
  });

  it.each([true, false])(
    'puts a call off by Enter in the field for the day, in the list and on its own page, with scripts: %s',
    async (javaScript) => {
      const page = await open('en', { javaScript });
      await page.goto('/institutes/wind/inbox');
      const paths = await page
        .locator('.inbox-row a.open')
        .evaluateAll((all) => all.map((a) => a.getAttribute('href')!));
      for (const [i, at] of ['/institutes/wind/inbox', paths[1]!].entries()) {
        await page.goto(at);
        await page.locator('.put-off summary').first().click();
        await page.locator('input[name=until]').first().fill('2099-05-06');
        await page.keyboard.press('Enter');
        await page.getByText('6 May 2099').first().waitFor();
        expect(await counts()).toMatchObject({ later: i + 1, relevant: 0 });
      }
    },
  );

  it('decides on the first calls of an institute with one key each, and says when they are done', async () => {
    const page = await open('fr');
    await page.goto('/institutes/wind/inbox');
    await page.getByText('15 appels à trier').click();
    expect([...(await axe(page)), ...(await misplaced(page))]).toEqual([]);
    for (let i = 0; i < 15; i++) {
      await page.getByText(`${i} sur 15`).waitFor();
      await page.keyboard.press(i % 3 === 0 ? 'n' : 's');
    }
    await page.getByText('Merci.').waitFor();
    expect(await counts()).toMatchObject({ relevant: 10, not: 5 });
    expect(await page.getByText('appels à trier', { exact: false }).count()).toBe(1);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await sideways(page)).toBe(0);
    }
    await photo(page, 'first-decisions');
  });

  it.each(sampled('triage by keyboard, by language', ['fr', 'en'] as const, first))(
    'decides on twenty calls with two keys each, without losing row or focus, in %s',
    async (language) => {
      const page = await open(language);
      await page.goto('/institutes/wind/inbox');
      expect(await page.locator('.inbox-row').count()).toBe(24);
      expect(await axe(page)).toEqual([]);
      const order = await page.locator('.inbox-list > li').evaluateAll((all) => all.map((li) => li.id));
      await page.keyboard.press('j');
      expect(await focused(page)).toBe(order[0]);
      // Ten relevant and ten not relevant, covering each reason at least once.
      for (let i = 0; i < 20; i++) {
        expect(await focused(page)).toBe(order[i]);
        if (i % 2 === 0) await page.keyboard.press('s');
        else for (const key of ['n', String(1 + (((i - 1) / 2) % 7))]) await page.keyboard.press(key);
      }
      await settled(page, 20);
      expect(await focused(page)).toBe(order[20]);
      expect(await page.locator('.inbox-list > li').evaluateAll((all) => all.map((li) => li.id))).toEqual(
        order,
      );
      expect(await counts()).toMatchObject({ relevant: 10, not: 10, undecided: 4 });
      expect(await page.locator('#inbox-flash').textContent()).toMatch(
        language === 'fr' ? /^Non retenu/ : /^Not for us/,
      );
      expect(await axe(page)).toEqual([]);
      await photo(page, `inbox-decided-${language}`);

      // The last two decisions are undone, latest first.
      await page.keyboard.press('u');
      await settled(page, 19);
      expect(await focused(page)).toBe(order[19]);
      await page.keyboard.press('u');
      await settled(page, 18);
      expect(await focused(page)).toBe(order[18]);
      expect(await counts()).toMatchObject({ relevant: 9, not: 9, undecided: 6 });
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname.endsWith(`/calls/${order[18]!.replace('call-', '')}`));
    },
  );

  it('decides on all that is selected at once, by key or mouse, and undoes it at once', async () => {
    const page = await open('en');
    await page.goto('/institutes/wind/inbox');
    const order = await page.locator('.inbox-list > li').evaluateAll((all) => all.map((li) => li.id));
    for (const key of ['j', 'x', 'j', 'j', 'x']) await page.keyboard.press(key);
    expect(await page.locator('#inbox-flash').textContent()).toMatch(/Selected.* 2$/);
    expect(await axe(page)).toEqual([]);
    await photo(page, 'inbox-selected');
    await page.keyboard.press('s');
    await settled(page, 2);
    for (const at of [0, 2])
      expect(await page.locator(`#${order[at]} .verdict`).textContent()).toBe('Relevant');
    expect(await focused(page)).toBe(order[3]);
    await page.keyboard.press('u');
    await settled(page, 0);
    // With the mouse; the reason and the day hold for all as well.
    for (const at of [1, 4]) {
      await page.locator(`#${order[at]} .inbox-row`).hover();
      await page.locator(`#${order[at]} .choose`).check();
    }
    await page.locator(`#${order[4]} .put-off summary`).click();
    await page.locator(`#${order[4]} input[name=until]`).fill('2099-05-06');
    await page.locator(`#${order[4]} .put-off button`).click();
    await settled(page, 2);
    for (const at of [1, 4])
      expect(await page.locator(`#${order[at]} .verdict`).textContent()).toContain('6 May 2099');
    expect(await counts()).toMatchObject({ later: 2, undecided: 22 });
    // Escape lets go of the selection: then a decision is of one call.
    for (const key of ['x', 'j', 'x', 'Escape', 's']) await page.keyboard.press(key);
    await settled(page, 3);
    expect(await counts()).toMatchObject({ relevant: 1 });
  });

  it('folds a topic under two identifiers into one row, which is decided on as one unless it is unfolded', async () => {
    await inbox.store(TWINS);
    const page = await open('fr');
    await page.goto('/institutes/wind/inbox');
    const below = page.locator('.siblings');
    expect(await below.count()).toBe(1);
    const head = page.locator('.inbox-list > li:has(+ .siblings)');
    const names = [
      await head.locator('.identifier').textContent(),
      await below.locator('summary').first().textContent(),
    ];
    for (const { identifier } of TWINS) expect(names.join(' ')).toContain(identifier);
    await head.locator('.inbox-row').focus();
    const said = () => page.locator('#inbox-flash').textContent();
    await page.keyboard.press('s');
    await settled(page, 2);
    expect(await counts()).toMatchObject({ relevant: 2 });
    expect(await said()).toBe(`Pertinents${NB}: 2${NB}appels.`);
    await page.keyboard.press('u');
    await settled(page, 0);
    expect(await said()).toBe(`De nouveau à trier${NB}: 2${NB}appels.`);
    // By mouse, too, both are undone.
    await head.locator('.inbox-row').focus();
    await page.keyboard.press('s');
    await settled(page, 2);
    await head.locator('.undo button').click();
    await settled(page, 0);
    expect(await said()).toBe(`De nouveau à trier${NB}: 2${NB}appels.`);
    expect(await counts()).toMatchObject({ relevant: 0 });
    // What is folded counts among what is selected, folded before or after.
    const selected = async () => (await page.locator('#inbox-flash').textContent())!.match(/\d+$/)?.[0];
    await head.locator('.inbox-row').focus();
    await page.keyboard.press('x');
    expect(await selected()).toBe('2');
    await page.keyboard.press('Escape');
    for (const key of ['ArrowRight', 'j', 'x', 'ArrowLeft', 'k', 'x']) await page.keyboard.press(key);
    expect(await selected()).toBe('2');
    await page.keyboard.press('Escape');
    // Unfolded, each is decided on by itself.
    await head.locator('.inbox-row').focus();
    await page.keyboard.press('ArrowRight');
    expect(await axe(page)).toEqual([]);
    await photo(page, 'inbox-siblings');
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(await below.locator('li').getAttribute('id'));
    await page.keyboard.press('s');
    await settled(page, 1);
    expect(await counts()).toMatchObject({ relevant: 1 });
    expect(await said()).toBe(`Pertinent${NB}: «${NB}A turbine of its own kind${NB}».`);
    await below.locator('.inbox-row').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe(await head.getAttribute('id'));
    expect(await below.locator('.inbox-row').isVisible()).toBe(false);
  });

  it('cuts off neither a date of several nor an identifier, in the inbox on a telephone and among all calls', async () => {
    const identifiers = 'HORIZON-EIC-2099-PATHFINDERCHALLENGES-01-0';
    await inbox.store([
      aCall('long', {
        title: 'A turbine with a long name',
        keywords: ['wind turbine', 'offshore wind'],
        sections: about('A wind turbine for offshore wind.'),
        identifier: `${identifiers}1`,
        deadlines: [{ at: '2098-12-31T16:00:00Z', timeTold: true }],
      }),
      aCall('cut-offs', {
        title: 'A turbine with two dates',
        keywords: ['wind turbine', 'offshore wind'],
        sections: about('A wind turbine for offshore wind.'),
        identifier: `${identifiers}2`,
        programme: { code: '1', name: 'Interregional Innovation Investments' },
        sourceStatus: 'forthcoming',
        opensAt: '2098-09-15T00:00:00Z',
        deadlines: ['2098-12-31T16:00:00Z', '2099-12-31T16:00:00Z'].map((at) => ({ at, timeTold: true })),
      }),
    ]);
    for (const language of ['fr', 'en'] as const)
      for (const width of [1440, 1280, 390]) {
        const page = await open(language, { width });
        await page.goto('/institutes/wind/inbox?q=dates');
        const row = page.locator('.inbox-row', { hasText: 'two dates' });
        const cut = () =>
          row
            .locator(width === 390 ? '.identifier' : '.when .small')
            .evaluateAll((all) =>
              all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent),
            );
        expect([language, width, await cut()]).toEqual([language, width, []]);
        await row.focus();
        await page.keyboard.press('s');
        await settled(page, 1);
        expect([language, width, await cut()]).toEqual([language, width, []]);
        await photo(page, `inbox-two-dates-${language}-${width}`);
        await page.keyboard.press('u');
        await settled(page, 0);
        const whole = (selector: string) =>
          page
            .locator(selector)
            .filter({ hasText: identifiers })
            .evaluateAll((all) => all.map((e) => e.scrollWidth <= e.clientWidth + 1));
        if (width === 390) {
          await page.goto('/institutes/wind/inbox?q=name');
          expect([language, width, await whole('.identifier')]).toEqual([language, width, [true]]);
        }
        await page.goto('/calls?q=turbine');
        expect([language, width, await whole('.calls .under > :first-child')]).toEqual([
          language,
          width,
          [true, true],
        ]);
      }
  });

  it('folds that topic in the list of all calls, too, opened by a key or a click, with or without scripts', async () => {
    await inbox.store(TWINS);
    const page = await open('en');
    await page.goto('/calls?q=turbine+of+its+own+kind');
    const names = page.locator('.calls th[scope=row] > a', { hasText: 'A turbine of its own kind' });
    const seen = () => names.evaluateAll((all) => all.map((name) => name.checkVisibility()));
    expect(await seen()).toEqual([true, false]);
    await names.first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await seen()).toEqual([true, true]);
    expect(await axe(page)).toEqual([]);
    await photo(page, 'calls-folded');
    await page.keyboard.press('j');
    expect(await names.nth(1).evaluate((name) => name === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowLeft');
    expect(await seen()).toEqual([true, false]);
    expect(await names.first().evaluate((name) => name === document.activeElement)).toBe(true);
    await page.locator('.folds summary').first().click();
    expect(await seen()).toEqual([true, true]);
    const plain = await open('en', { javaScript: false });
    await plain.goto('/calls?q=turbine+of+its+own+kind');
    const folded = plain.locator('.calls .folded');
    expect(await folded.first().isVisible()).toBe(false);
    await plain.locator('.folds summary').first().click();
    expect(await folded.first().isVisible()).toBe(true);
  });

  it('filters as soon as a filter is chosen', async () => {
    const page = await open('en');
    await page.goto('/institutes/wind/inbox');
    const before = (await page.locator('.inbox-row').first().boundingBox())!.y;
    await page.locator('.drop > summary').first().click();
    // What opens lies over the list.
    expect((await page.locator('.inbox-row').first().boundingBox())!.y).toBe(before);
    expect(await axe(page)).toEqual([]);
    await photo(page, 'inbox-filters');
    await page.locator('select[name=days]').selectOption('30');
    await page.waitForURL(/days=30/);
  });

  it('says what was decided last, whichever is answered last', async () => {
    const page = await open('en');
    const hold = await holding(page, '**/verdict');
    // Before any move, the first call is marked as the target of the keys.
    await page.goto('/institutes/wind/inbox');
    const marked = () =>
      page
        .locator('.inbox-row')
        .evaluateAll((all) => all.map((row) => getComputedStyle(row).boxShadow !== 'none').indexOf(true));
    expect([await focused(page), await marked()]).toEqual(['BODY', 0]);
    const release = hold();
    await page.keyboard.press('s');
    for (const key of ['n', '1']) await page.keyboard.press(key);
    await settled(page, 1);
    release();
    await settled(page, 2);
    expect(await page.locator('#inbox-flash').textContent()).toMatch(/^Not for us/);
  });

  it('undoes the last decision and none before it, also where that is being stored still', async () => {
    const page = await open('en');
    const hold = await holding(page, '**/verdict');
    await page.goto('/institutes/wind/inbox');
    const order = await page.locator('.inbox-list > li').evaluateAll((all) => all.map((li) => li.id));
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await settled(page, 1);
    const release = hold();
    await page.keyboard.press('s');
    for (const key of ['u', 'u']) await page.keyboard.press(key);
    expect(await page.locator('[data-decided]').count()).toBe(1);
    release();
    const undone = page.waitForResponse((r) => r.url().endsWith('/undo'));
    expect((await undone).url()).toContain(order[1]!.replace('call-', ''));
    await settled(page, 1);
    expect(await page.locator(`#${order[0]} [data-decided]`).count()).toBe(1);
    expect(await focused(page)).toBe(order[1]);
    expect(await counts()).toMatchObject({ relevant: 1, undecided: 23 });
    await page.keyboard.press('u');
    await settled(page, 0);
    // A decision by mouse also counts as the last decision.
    for (const at of [2, 3]) await page.locator(`#${order[at]} button[value=relevant]`).click();
    await settled(page, 2);
    await page.keyboard.press('u');
    await settled(page, 1);
    expect(await page.locator(`#${order[2]} [data-decided]`).count()).toBe(1);
  });

  it('says who was first where a colleague decided meanwhile, and leaves theirs alone', async () => {
    const page = await open('en');
    await page.goto('/institutes/wind/inbox');
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await settled(page, 1);
    const second = (await focused(page))!;
    const colleague = await somebody(inbox.test, { role: 'officer', profile: 'wind', name: 'Otto Other' });
    await colleague.post(`/institutes/wind/calls/${second.replace('call-', '')}/verdict`, { reason: 'role' });
    await page.keyboard.press('s');
    await settled(page, 2);
    expect(await page.locator(`#${second} .verdict`).textContent()).toBe('Not for us: Role');
    expect(await page.locator('#inbox-flash.failed').textContent()).toMatch(
      /Otto Other decided first .*not saved/,
    );
    expect(await axe(page)).toEqual([]);
    await photo(page, 'inbox-overtaken');
    // Undo reverts the decision made here.
    await page.keyboard.press('u');
    await settled(page, 1);
    expect(await page.locator(`#${second} [data-decided]`).count()).toBe(1);
    expect(await counts()).toMatchObject({ relevant: 0, not: 1 });
  });

  it('moves, asks why, gives the focus back, and says which keys there are', async () => {
    const page = await open('en');
    await page.goto('/institutes/wind/inbox');
    const order = await page.locator('.inbox-list > li').evaluateAll((all) => all.map((li) => li.id));
    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    expect(await focused(page)).toBe(order[1]);
    await page.keyboard.press('n');
    expect(await page.locator(`#${order[1]} .why`).getAttribute('open')).not.toBeNull();
    expect(await axe(page)).toEqual([]);
    await photo(page, 'inbox-why');
    await page.keyboard.press('Escape');
    expect(await page.locator(`#${order[1]} .why`).getAttribute('open')).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('inbox-row');
    await page.keyboard.press('?');
    expect(await page.locator('dialog[open] kbd').count()).toBe(14);
    expect(await axe(page)).toEqual([]);
    await photo(page, 'inbox-keys');
    // Keys do nothing while their list is open.
    await page.keyboard.press('s');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('snu?');
    expect(await page.locator('#f-q').inputValue()).toBe('snu?');
    expect(await counts()).toMatchObject({ undecided: 24 });
    // Only one row is in the tab order.
    expect(await page.locator('.inbox-row[tabindex="0"]').count()).toBe(1);
  });

  it('shows six keys to try on a first visit, ticks those that were pressed, and is gone once closed', async () => {
    const page = await open('en');
    const tour = page.locator('.tour-row');
    const done = () => page.locator('.tour .done kbd').allTextContents();
    await page.goto('/institutes/wind/inbox');
    expect(await tour.isVisible()).toBe(true);
    expect(await axe(page)).toEqual([]);
    await photo(page, 'inbox-tour');
    for (const key of ['j', 'k', 's']) await page.keyboard.press(key);
    expect(await done()).toEqual(['j', 's']);
    await settled(page, 1);
    await page.reload();
    expect([await tour.isVisible(), await done()]).toEqual([true, ['j', 's']]);
    await page.locator('#tour-close').click();
    expect(await tour.isVisible()).toBe(false);
    await page.reload();
    await page.locator('#keys-open').waitFor();
    expect(await tour.isVisible()).toBe(false);

    const plain = await open('en', { javaScript: false });
    await plain.goto('/institutes/wind/inbox');
    expect(await plain.locator('.tour-row').isVisible()).toBe(false);
    await plain.locator('.tour summary').click();
    expect(await plain.locator('.tour li').first().isVisible()).toBe(true);
  });

  it('stops its single keys where somebody switches them off', async () => {
    const page = await open('en');
    await page.goto('/institutes/wind/inbox');
    await page.locator('#keys-open').click();
    await page.locator('#keys-on').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await page.keyboard.press('j');
    expect(await focused(page)).toBe('BODY');
  });

  it('keeps the focus in the row where a button is pressed with the mouse', async () => {
    const page = await open('en');
    await page.goto('/institutes/wind/inbox');
    const row = page.locator('.inbox-list > li').nth(3);
    await row.locator('.why summary').click();
    await row.locator('button[value=budget]').click();
    await settled(page, 1);
    expect(await row.locator('.verdict').textContent()).toBe('Not for us: Budget');
    expect(await focused(page)).toBe(await row.getAttribute('id'));
    await row.locator('.undo button').click();
    await settled(page, 0);
    expect(await focused(page)).toBe(await row.getAttribute('id'));
  });

  it('says that a decision was not stored, and leaves the row to be decided', async () => {
    const page = await open('en', { pardon: /404|Response Status Error/ });
    await page.route('**/verdict', (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto('/institutes/wind/inbox');
    await page.keyboard.press('j');
    const first = await focused(page);
    await page.keyboard.press('s');
    await page.waitForFunction(() =>
      document.querySelector('#inbox-flash')?.textContent?.startsWith('This was not saved'),
    );
    expect(await focused(page)).toBe(first);
    expect(await page.locator('[data-decided]').count()).toBe(0);
  });

  it.each(sampled('windows of the inbox', [1440, 390, 1280], (_, at) => at < 2))(
    'fits a window of %d pixels, in light and dark, and works without a script',
    async (width) => {
      for (const dark of [false, true]) {
        const page = await open('fr', { width, dark });
        await page.goto('/institutes/wind/inbox?q=wind&days=90');
        expect(await sideways(page)).toBe(0);
        expect(await axe(page)).toEqual([]);
        expect(await misplaced(page)).toEqual([]);
        await photo(page, `inbox-${width}-${dark ? 'dark' : 'light'}`);
      }
      const dense = await open('fr', { width });
      await dense.goto('/institutes/wind/inbox');
      const wide = await open('fr', { width, font: 'wide' });
      await wide.goto('/institutes/wind/inbox');
      expect(await misplaced(wide)).toEqual([]);
      const rows = await dense
        .locator('.inbox-row')
        .evaluateAll((all) => all.map((row) => row.getBoundingClientRect().toJSON() as DOMRect));
      if (width > 600) expect(rows.filter((row) => row.height < 44 || row.height > 56)).toEqual([]);
      if (width === 1440) {
        expect(rows[0]!.top).toBeLessThanOrEqual(150);
        expect(rows.filter((row) => row.bottom <= 900).length).toBeGreaterThanOrEqual(14);
        const shown = () => dense.locator('#pane h2').textContent();
        const first = await shown();
        for (const key of ['j', 'j']) await dense.keyboard.press(key);
        expect(await shown()).not.toBe(first);
        expect(await shown()).toBe(await dense.locator('.inbox-row h3').nth(1).textContent());
        // A small laptop: what else waits stands beside the rows, and the titles have the room.
        await dense.setViewportSize({ width: 1280, height: 800 });
        const [also, row, what] = await Promise.all(
          ['.also', '.inbox-row', '.what'].map((part) => dense.locator(part).first().boundingBox()),
        );
        expect(row!.y).toBeLessThanOrEqual(150);
        expect(also!.x).toBeGreaterThan(row!.x + row!.width);
        expect(what!.width).toBeGreaterThanOrEqual(420);
        expect(
          await dense
            .locator('.facts .action')
            .evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth).length),
        ).toBe(0);
      }
      if (width === 390) {
        const menu = (await dense.locator('.menu').boundingBox())!;
        expect(rows.filter((row) => row.bottom <= menu.y).length).toBeGreaterThanOrEqual(5);
        // Swiping left asks for a reason, swiping right decides.
        const swipe = (by: number) =>
          dense
            .locator('.inbox-row')
            .nth(1)
            .evaluate((row, x) => {
              const at = (type: string, clientX: number) =>
                row.dispatchEvent(
                  Object.assign(new Event(type, { bubbles: true }), { touches: [{ clientX, clientY: 0 }] }),
                );
              at('touchstart', 200);
              at('touchmove', 200 + x);
              at('touchend', 200 + x);
            }, by);
        await swipe(-40);
        expect(await dense.locator('.why[open]').count()).toBe(0);
        await swipe(-150);
        expect(await dense.locator('.why[open]').count()).toBe(1);
        await dense.keyboard.press('Escape');
        await swipe(150);
        await settled(dense, 1);
        await dense.keyboard.press('u');
        await settled(dense, 0);
      }
      if (width < 600) {
        // Whatever is said above the list, the button for the filters lies over none of it.
        const { cookie } = await somebody(inbox.test, { role: 'coordinator' });
        const other = await browser.open(inbox.test.url, { cookie: `${cookie}; lang=en`, width });
        await other.goto('/institutes/wind/inbox');
        expect(await other.locator('nav a[aria-current]').first().textContent()).toBe('Matching calls');
        const [title, filter] = await Promise.all(
          ['h1', '.toolbar summary'].map((part) => other.locator(part).first().boundingBox()),
        );
        await other
          .locator('main')
          .evaluate((main) => main.insertAdjacentHTML('afterbegin', '<p class="notice">A<br>B<br>C</p>'));
        const [lower, moved] = await Promise.all(
          ['h1', '.toolbar summary'].map((part) => other.locator(part).first().boundingBox()),
        );
        expect(moved!.y - filter!.y).toBeCloseTo(lower!.y - title!.y, 0);
      }
      // In print, the payment stands next to the type, and no row is marked.
      const paper = await open('fr', { width });
      await paper.goto('/institutes/wind/inbox');
      await paper.emulateMedia({ media: 'print' });
      const [what, facts] = await Promise.all(
        ['.what', '.facts'].map((part) => paper.locator(`.inbox-row ${part}`).first().boundingBox()),
      );
      expect([facts!.x >= what!.x + what!.width, Math.abs(facts!.y - what!.y) < 2]).toEqual([true, true]);
      expect(
        await paper
          .locator('.inbox-row')
          .first()
          .evaluate((row) => getComputedStyle(row).boxShadow),
      ).toBe('none');
      const page = await open('fr', { width, javaScript: false });
      await page.goto('/institutes/wind/inbox?days=90');
      await page.locator('button[value=relevant]').first().click();
      await page.locator('.just-decided button').click();
      expect(await counts()).toMatchObject({ undecided: 24 });
      // A decision made before the scripts loaded can be undone with them.
      await page.locator('button[value=relevant]').first().click();
      const scripted = await open('fr', { width });
      await scripted.goto(page.url().slice(inbox.test.url.length));
      await scripted.locator('.just-decided button').click();
      await scripted.waitForURL((url) => url.searchParams.has('decided'));
      expect(new URL(page.url()).searchParams.get('days')).toBe('90');
      expect(await counts()).toMatchObject({ undecided: 24 });
    },
  );
});
