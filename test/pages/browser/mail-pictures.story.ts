import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { axe, describeBrowser, photo, sideways } from '../../support/browser.js';
import { hostile, largest, opening, urgent, weekly } from '../../support/sample-messages.js';

const MESSAGES = { first: opening, digest: weekly, urgent };
const HARD = { hostile, largest };
const LOOKS = [
  { language: 'en', width: 1000, dark: false },
  { language: 'fr', width: 400, dark: true },
  { language: 'en', width: 400, dark: false },
  // A language changes no colour and hardly a width: the rest is for those who look at the pictures.
  ...(process.env['PHOTOS']
    ? ([
        { language: 'fr', width: 1000, dark: false },
        { language: 'en', width: 400, dark: true },
      ] as const)
    : []),
] as const;
const ALL = [
  ...Object.entries(MESSAGES).flatMap(([name, make]) => LOOKS.map((look) => ({ name, make, ...look }))),
  ...Object.entries(HARD).flatMap(([name, make]) =>
    LOOKS.slice(1, 3).map((look) => ({ name, make, ...look })),
  ),
];

describeBrowser('a mail in a mail program', (browser) => {
  // A mail is no page of ours: it has no address.
  it.each(ALL)(
    '$name, $language, $width pixels, dark: $dark: fits its window, and nothing of it is hard to read',
    async ({ name, make, language, width, dark }) => {
      const page = await browser.open('http://localhost', { width, dark, language });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.setContent(renderMail(make(language)).html!);
      await photo(page, `mail-${name}-${language}-${width}${dark ? '-dark' : ''}`);
      expect(await sideways(page)).toBe(0);
      expect(await axe(page)).toEqual([]);
      expect(asked).toEqual([]);
    },
  );

  it.each(['fr', 'en'] as const)('tells ten calls on 2,500 pixels (%s)', async (language) => {
    const page = await browser.open('http://localhost', { width: 700, language });
    await page.setContent(renderMail({ ...opening(language), kind: 'digest', coming: [], more: 0 }).html!);
    expect(await page.locator('a[href$="/decide?verdict=relevant"]').count()).toBe(10);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2_500);
  });

  it.each(['fr', 'en'] as const)(
    'says all of it where style sheets are dropped, on a telephone too (%s)',
    async (language) => {
      const page = await browser.open('http://localhost', { width: 400, language });
      await page.setContent(renderMail(weekly(language)).html!.replace(/<style>[^]*?<\/style>/g, ''));
      await photo(page, `mail-bare-${language}-400`);
      expect(await sideways(page)).toBe(0);
      expect(await axe(page)).toEqual([]);
    },
  );
});
