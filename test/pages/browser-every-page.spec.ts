import { axe, describeBrowser, photo, sideways } from '../support/browser.js';
import { pagesOf, type Reached } from '../support/pages.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/two-institutes.js';

describeBrowser('every page in a browser', (browser) => {
  let world: TwoInstitutes;
  let pages: Reached[];
  beforeAll(async () => {
    world = await startTwoInstitutes();
    ({ pages } = await pagesOf(world));
  }, 120_000);
  afterAll(() => world?.stop());

  // Pictures are taken of all looks; else the two that differ most are enough.
  const looks = [
    { width: 390, dark: true, language: 'fr' }, { width: 1440, dark: false, language: 'en' },
    ...(process.env['PHOTOS'] ? [{ width: 390, dark: false, language: 'fr' }, { width: 1440, dark: true, language: 'fr' }] as const : []),
  ] as const;

  it.each(looks)('is accessible, fits its window and complains of nothing at $width pixels, dark: $dark, in $language', async (look) => {
    const wrong: string[] = [];
    for (const { name, path, who, cookie } of pages) {
      const page = await browser.open(world.test.url, { ...look, cookie: [cookie, `lang=${look.language}`].filter(Boolean).join('; ') });
      await page.goto(path);
      wrong.push(...(await axe(page)).map((found) => `${name} (${who}): ${found}`));
      const over = await sideways(page);
      if (over > 0) wrong.push(`${name} (${who}): can be scrolled sideways by ${over} pixels`);
      await photo(page, `${path.slice(1).replace(/[^a-z0-9]+/gi, '-').slice(0, 60)}-${who}-${look.width}-${look.dark ? 'dark' : 'light'}`);
      await page.context().close();
    }
    expect(wrong).toEqual([]);
    expect(pages.length).toBeGreaterThan(30);
  }, 300_000);
});
