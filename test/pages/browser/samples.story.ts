import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp, type TestApp } from '../../support/app.js';
import { axe, describeBrowser, photo, sideways } from '../../support/browser.js';
import { somebody, type Somebody } from '../../support/people.js';

const UI = 'src/ui';
/** What pages are put into, and no part of one. */
const FRAMES = ['Layout'];
const shared = readdirSync(UI)
  .filter((name) => name.endsWith('.tsx'))
  .flatMap((name) => [
    ...readFileSync(join(UI, name), 'utf8').matchAll(/^export (?:function|const) ([A-Z]\w+)/gm),
  ])
  .map(([, name]) => name!)
  .filter((name) => !FRAMES.includes(name));

describeBrowser('the page of all components', (browser) => {
  let server: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    coordinator = await somebody(server, { role: 'coordinator' });
  });
  afterAll(() => server?.stop());

  it('shows each that pages share, in the light and in the dark', async () => {
    expect(shared.length).toBeGreaterThan(10);
    const page = await browser.open(server.url, { cookie: coordinator.cookie, language: 'en' });
    await page.goto('/ui');
    for (const look of ['light', 'dark']) {
      const samples = page.locator(`.samples > .${look} > .sample`);
      const names = await samples.evaluateAll((all) =>
        all
          .filter((s) => s.querySelector('.row')!.childNodes.length > 0)
          .map((s) => s.getAttribute('data-sample')),
      );
      expect(names).toEqual(expect.arrayContaining(shared));
    }
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
    expect(await axe(page)).toEqual([]);
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
