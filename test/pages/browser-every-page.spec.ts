import {
  axe,
  closeChromium,
  cutOff,
  describeBrowser,
  misplaced,
  photo,
  sideways,
} from '../support/pages/browser.js';
import { pagesOf, type Reached } from '../support/pages/pages.js';
import { startTwoInstitutes, type TwoInstitutes } from '../support/access/two-institutes.js';
import { everyNth, sampled } from '../support/release.js';

/** Photos cover all looks; otherwise the two most different ones are enough. */
const ALL = process.env['PHOTOS'] !== undefined;
const LOOKS = [
  { width: 390, dark: true, language: 'fr' },
  { width: 1440, dark: false, language: 'en' },
  ...(ALL
    ? ([
        { width: 390, dark: false, language: 'fr' },
        { width: 1440, dark: true, language: 'fr' },
      ] as const)
    : []),
] as const;

/** On a telephone, on desks, and on paper. */
const SIZES = [
  ['screen', 390],
  ['screen', 1440],
  ['screen', 1024],
  ['screen', 1180],
  ['print', 800],
] as const;

const photoName = (path: string): string =>
  path
    .slice(1)
    .replace(/[^a-z0-9]+/gi, '-')
    .slice(0, 60);

/** Returns every page once, with a different reader per look; for photos, with all readers. */
function shownIn(look: number, pages: readonly Reached[]): Reached[] {
  if (ALL) return [...pages];
  return [...new Set(pages.map((page) => page.path))].map((path) => {
    const readers = pages.filter((page) => page.path === path);
    return readers[look % readers.length]!;
  });
}

describeBrowser('every page in a browser', (browser) => {
  let world: TwoInstitutes;
  let pages: Reached[];
  beforeAll(async () => {
    world = await startTwoInstitutes();
    ({ pages } = await pagesOf(world));
  });
  afterAll(() => world?.stop());

  it.each(LOOKS.map((look, i) => ({ ...look, i })))(
    'is accessible, fits its window and complains of nothing at $width pixels, dark: $dark, in $language',
    async ({ i, ...look }) => {
      const wrong: string[] = [];
      const seen = sampled('the looks of each page', shownIn(i, pages), (_, at) => at % LOOKS.length === i);
      for (const cookie of new Set(seen.map((page) => page.cookie))) {
        const page = await browser.open(world.test.url, {
          ...look,
          cookie: [cookie, `lang=${look.language}`].filter(Boolean).join('; '),
        });
        for (const { name, path, who } of seen.filter((s) => s.cookie === cookie)) {
          await page.goto(path);
          wrong.push(...(await axe(page, { colours: true })).map((found) => `${name} (${who}): ${found}`));
          wrong.push(...(await misplaced(page)).map((found) => `${name} (${who}): ${found}`));
          const over = await sideways(page);
          if (over > 0) wrong.push(`${name} (${who}): can be scrolled sideways by ${over} pixels`);
          await photo(page, `${photoName(path)}-${who}-${look.width}-${look.dark ? 'dark' : 'light'}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(seen.length).toBeGreaterThan(20);
    },
  );

  it('fits its window and its paper in a wide font too', async () => {
    const wrong: string[] = [];
    const shown = sampled('pages in a wide font', shownIn(0, pages), everyNth(2));
    for (const cookie of new Set(shown.map((page) => page.cookie))) {
      const page = await browser.open(world.test.url, {
        font: 'wide',
        cookie: [cookie, 'lang=fr'].filter(Boolean).join('; '),
      });
      for (const { name, path, who } of shown.filter((s) => s.cookie === cookie)) {
        await page.goto(path);
        for (const [media, width] of SIZES) {
          await page.emulateMedia({ media });
          await page.setViewportSize({ width, height: 900 });
          await photo(page, `wide-${media}-${width}-${photoName(path)}-${who}`);
          const over = await sideways(page);
          wrong.push(
            ...[
              ...(await misplaced(page)),
              ...(media === 'print' ? (await cutOff(page)).map((what) => `cut off: ${what}`) : []),
              ...(over > 0 ? [`can be scrolled sideways by ${over} pixels`] : []),
            ].map((found) => `${name} (${who}), ${media}, ${width} pixels: ${found}`),
          );
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
afterAll(closeChromium);
