import { startApp, type TestApp } from '../../support/app.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { somebody, type Somebody } from '../../support/access/people.js';

describeBrowser('the page of all components', (browser) => {
  let server: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    coordinator = await somebody(server, { role: 'coordinator' });
  });
  afterAll(() => server?.stop());

  it('shows the same in the light and in the dark', async () => {
    const page = await browser.open(server.url, { cookie: coordinator.cookie, language: 'en' });
    await page.goto('/ui');
    const [inLight, inDark] = await Promise.all(
      ['light', 'dark'].map((look) =>
        page
          .locator(`.samples > .${look} > .sample`)
          .evaluateAll((all) => all.map((s) => s.getAttribute('data-sample'))),
      ),
    );
    expect(inLight).toContain('Field');
    expect(inDark).toEqual(inLight);
    const [light, dark] = await page
      .locator('.samples > section')
      .evaluateAll((all) => all.map((s) => getComputedStyle(s).backgroundColor));
    expect(light).not.toBe(dark);
  });

  it.each([
    { width: 1440, dark: false },
    { width: 390, dark: true },
  ])('has nothing that axe finds, and fits its window: %o', async (look) => {
    const page = await browser.open(server.url, { cookie: coordinator.cookie, language: 'en', ...look });
    await page.goto('/ui');
    expect(await axe(page, { colours: true })).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await photo(page, `samples-${look.width}`);
  });

  it('is printed without what is pressed', async () => {
    const page = await browser.open(server.url, { cookie: coordinator.cookie, language: 'en' });
    await page.goto('/ui');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.samples button').first().isVisible()).toBe(false);
    expect(await page.locator('.samples .status-open').first().isVisible()).toBe(true);
    await photo(page, 'samples-print');
  });

  it('is the network’s alone', async () => {
    const officer = await somebody(server, { role: 'officer', profile: 'leti' });
    expect((await officer.get('/ui')).status).toBe(403);
  });
});
