import { describeBrowser } from '../../support/browser.js';
import { startTwoInstitutes, type TwoInstitutes } from '../../support/two-institutes.js';

describeBrowser('a sent message in a browser', (browser) => {
  let world: TwoInstitutes;
  beforeAll(async () => { world = await startTwoInstitutes(); }, 120_000);
  afterAll(() => world?.stop());

  it('is shown inside the page about it, as its reader sees it', async () => {
    const page = await browser.open(world.test.url, { cookie: world.leti.officer.cookie });
    await page.goto(`/institutes/leti/messages/${world.ids.notification}`);
    const heading = page.frameLocator('iframe.mail').locator('h1');
    await heading.waitFor();
    expect(await heading.textContent()).toMatch(/\w/);
    expect(await heading.evaluate((h) => getComputedStyle(h).color)).toBe('rgb(34, 34, 34)');
  });
});
