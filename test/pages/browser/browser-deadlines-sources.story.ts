import type { Page } from 'playwright-core';
import { MatchJob } from '../../../src/matching/match.job.js';
import { AlarmRepository } from '../../../src/monitoring/store/alarm.repository.js';
import { startApp, type TestApp } from '../../support/app.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const scope = [{ kind: 'scope' as const, title: 'Scope', text: 'A wind turbine for offshore wind.' }];

describeBrowser('deadlines and sources in a browser', (browser) => {
  const config = configWith(
    [aProfile('one')],
    [{ id: 'all', name: { fr: 'Tous', en: 'All' }, members: 'all', confirmed: false, source: '' }],
  );
  const clock = new TestClock('2026-06-30T08:00:00Z');
  let server: TestApp;
  let people: Record<'officer' | 'coordinator', Somebody>;
  beforeAll(async () => {
    server = await startApp(
      {},
      { working: false, clock, adjust: (w) => ({ ...on(config.dir)(w), sources: w.sources }) },
    );
    const day = (n: number): string => new Date(Date.UTC(2026, 6, 1 + ((n * n) % 80) * 4, 15)).toISOString();
    const calls = Array.from({ length: 120 }, (_, n) =>
      aCall(`C${n}`, {
        title: `A call about wind and waves, number ${n}`,
        deadlines: [{ at: day(n), timeTold: n % 5 > 0 }],
        ...(n % 6 === 0 && { sections: scope }),
      }),
    );
    await storeCalls(server.app, calls, 'funding-tenders', clock.now());
    await server.app.get(MatchJob).run({ profileId: 'one' });
    await server.app.get(AlarmRepository).observe({
      subject: 'queue/harvest',
      state: 'late',
      reason: '12 jobs wait, the oldest for 3 hours',
      now: clock.now(),
    });
    people = {
      officer: await somebody(server, { role: 'officer', profile: 'one' }),
      coordinator: await somebody(server, { role: 'coordinator' }),
    };
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const states: [string, keyof typeof people, string, (page: Page) => Promise<unknown>][] = [
    ['deadlines', 'officer', '/deadlines', async () => undefined],
    [
      'deadlines-day',
      'coordinator',
      '/deadlines',
      async (page) => {
        await page.locator('td.day a').first().click();
        await page.waitForURL(/day=/);
      },
    ],
    ['deadlines-none', 'officer', '/deadlines?from=2040-01', async () => undefined],
    ['calendars', 'officer', '/deadlines/calendars', async (page) => page.locator('main summary').click()],
    ['calendars-group', 'coordinator', '/deadlines/calendars', async () => undefined],
    [
      'calendar-made',
      'officer',
      '/deadlines/calendars',
      async (page) => {
        await page.locator('#institute ~ form button').click();
        await page.waitForSelector('#calendar-address');
      },
    ],
    ['sources', 'officer', '/sources', async (page) => page.locator('main summary').click()],
    ['sources-alarm', 'coordinator', '/sources', async () => undefined],
  ];
  // Photos cover all looks; otherwise each state is shown in one of the two most different ones.
  const looks = [
    { width: 390, dark: true, language: 'fr' },
    { width: 1440, dark: false, language: 'en' },
    ...(process.env['PHOTOS']
      ? ([
          { width: 1440, dark: true, language: 'fr' },
          { width: 390, dark: false, language: 'en' },
        ] as const)
      : []),
  ] as const;

  it.each(looks.map((look, turn) => ({ turn, look, ...look })))(
    'are accessible and fit at $width pixels, dark: $dark, in $language',
    async ({ turn, look }) => {
      for (const [name, who, path, reach] of states.filter(
        (_, i) => process.env['PHOTOS'] !== undefined || i % looks.length === turn,
      )) {
        const page = await browser.open(server.url, {
          ...look,
          cookie: `${people[who].cookie}; lang=${look.language}`,
        });
        await page.goto(path);
        await reach(page);
        expect({ name, found: await axe(page) }).toEqual({ name, found: [] });
        expect({ name, sideways: await sideways(page) }).toEqual({ name, sideways: 0 });
        await photo(page, `${name}-${look.width}-${look.dark ? 'dark' : 'light'}-${look.language}`);
      }
    },
  );

  it('read a day’s calls as sentences and not word by word, on a tablet too', async () => {
    const page = await browser.open(server.url, { cookie: `${people.officer.cookie}; lang=fr`, width: 900 });
    await page.goto('/deadlines');
    await page.locator('td.day a').first().click();
    await page.waitForURL(/day=/);
    const lines = await page.locator('.of-day tbody td').evaluateAll((cells) =>
      cells.map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        const tops = new Set([...range.getClientRects()].map((r) => Math.round(r.top / 10)));
        return { says: cell.textContent ?? '', lines: tops.size };
      }),
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.filter((cell) => cell.lines > 2)).toEqual([]);
  });

  it('keep a date apart from the days that are left, whatever their lengths, on a telephone', async () => {
    const page = await browser.open(server.url, { cookie: `${people.officer.cookie}; lang=fr`, width: 390 });
    await page.goto('/deadlines');
    const gaps = () =>
      page.locator('.ours h3').evaluateAll((heads) =>
        heads.map((head) => {
          const [date, days] = [...head.children].map((part) => part.getBoundingClientRect());
          return days!.top < date!.bottom ? days!.left - date!.right : Infinity;
        }),
      );
    expect(await gaps()).not.toEqual([]);
    // As narrow a window as their lengths need, and less.
    for (let width = 420; width >= 280; width -= 4) {
      await page.setViewportSize({ width, height: 800 });
      expect({ width, close: (await gaps()).filter((gap) => gap < 8) }).toEqual({ width, close: [] });
    }
  });

  it('work without a script: from a day to a call, a filter, and an alarm that is known', async () => {
    const page = await browser.open(server.url, { cookie: people.officer.cookie, javaScript: false });
    await page.goto('/deadlines');
    await page.locator('td.day a').nth(3).click();
    expect(await page.locator('#day tbody tr').count()).toBeGreaterThan(0);
    await page.locator('#day tbody a').first().click();
    expect(await page.locator('h1').textContent()).toContain('A call about wind');
    await page.goto('/deadlines');
    await page.locator('#show').selectOption('mine');
    await page.locator('.filters button').click();
    expect(page.url()).toContain('show=mine');
    const network = await browser.open(server.url, {
      cookie: people.coordinator.cookie,
      javaScript: false,
      pardon: /409/,
    });
    await network.goto('/sources');
    await network.locator('.alarm button').click();
    expect(await network.locator('.alarm button').count()).toBe(0);
    expect(await network.locator('[role=status]').textContent()).not.toBe('');
  });

  it("lead to one's own calendar without a script: an address is made, shown once and revoked", async () => {
    const page = await browser.open(server.url, { cookie: people.officer.cookie, javaScript: false });
    await page.goto('/deadlines');
    await page.locator('.subscribe a').click();
    await page.locator('#own ~ form button').click();
    expect(await page.locator('#calendar-address').inputValue()).toMatch(/\/calendars\/[\w-]{43}\.ics$/);
    await page.locator('main a.button').click();
    expect(await page.locator('#own ~ .calendars li').count()).toBe(1);
    await page.locator('#own ~ .calendars li button').click();
    expect(await page.locator('#own ~ .calendars li').count()).toBe(0);
  });

  it('are walked by keyboard: a day with deadlines is a link that Enter follows, and the reading goes on at its calls', async () => {
    const page = await browser.open(server.url, { cookie: people.officer.cookie });
    await page.goto('/deadlines');
    await page.locator('td.day a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/day=.*#day$/);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('#day') !== null)).toBe(true);
  });
});
