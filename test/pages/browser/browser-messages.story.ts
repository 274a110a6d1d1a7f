import { describeBrowser, misplaced } from '../../support/pages/browser.js';
import { startTwoInstitutes, type TwoInstitutes } from '../../support/access/two-institutes.js';

describeBrowser('a sent message in a browser', (browser) => {
  let world: TwoInstitutes;
  beforeAll(async () => {
    world = await startTwoInstitutes();
  });
  afterAll(() => world?.stop());

  it('is shown inside the page about it, as its reader sees it', async () => {
    const page = await browser.open(world.test.url, { cookie: world.leti.officer.cookie });
    await page.goto(`/institutes/leti/messages/${world.ids.notification}`);
    const heading = page.frameLocator('iframe.mail').locator('h1');
    await heading.waitFor();
    expect(await heading.textContent()).toMatch(/\w/);
    expect(await heading.evaluate((h) => getComputedStyle(h).color)).toBe('rgb(34, 34, 34)');
  });

  it('and the list of them break no line at a dot, however narrow the window is', async () => {
    for (const path of [
      '/institutes/leti/messages',
      `/institutes/leti/messages/${world.ids.notification}`,
      '/account/notification-preferences',
    ]) {
      const page = await browser.open(world.test.url, { cookie: world.leti.officer.cookie, width: 390 });
      await page.goto(path);
      const found: string[] = [];
      for (let width = 330; width <= 450; width += 12) {
        await page.setViewportSize({ width, height: 844 });
        found.push(...(await misplaced(page)).map((what) => `${path} at ${width}: ${what}`));
      }
      expect(found).toEqual([]);
      // In a wrapped row, no dot precedes the item that starts a new line.
      const shown = await page.evaluate(
        () =>
          [...document.querySelectorAll('.dots')].flatMap((row) =>
            [...row.querySelectorAll('.dot')].filter(
              (dot) =>
                dot.parentElement!.offsetLeft === (row.firstElementChild as HTMLElement).offsetLeft &&
                dot.getBoundingClientRect().right - 6 > row.getBoundingClientRect().left,
            ),
          ).length,
      );
      expect(shown).toBe(0);
    }
  });
});
