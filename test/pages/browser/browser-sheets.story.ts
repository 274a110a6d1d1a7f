import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { readSheets } from '../../../src/platform/sheets/sheet-reader.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import type { InboxTest } from '../../support/institutes/inbox.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { startSheets, upload, workbook } from '../../support/institutes/sheets.js';
import { first, sampled } from '../../support/release.js';

const OLD = [
  ['Veille Europe 2025', null, null, null, null],
  ['Référence', 'Titre', 'Décision', 'Motif', 'Commentaire'],
  ['HORIZON-W1-2027-01', 'Wind one', 'Oui', null, 'Voir avec Paul'],
  ['HORIZON-W2-2027-01', 'Wind two', 'non', 'hors sujet', null],
  [null, 'Wind three', 'bof', null, 'Relancer en septembre'],
  ['HORIZON-W9-2027-01', 'Disparu', 'oui', null, null],
  ['HORIZON-W1-2027-01', null, 'non', null, null],
];

describeBrowser('Excel in the browser', (browser) => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startSheets();
  });
  afterAll(() => world?.stop());

  async function fine(page: Page, name: string): Promise<void> {
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await photo(page, name);
  }

  async function download(page: Page, link: string): Promise<string[][]> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: link }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^wind-[ab]-calls-.*\.xlsx$/);
    return (await readSheets(readFileSync(await file.path())))[0]!.rows;
  }

  const stories = {
    fr: {
      read: 'Vérifier avant d’importer',
      write: 'Enregistrer décisions et notes',
      list: 'Tous nos appels, avec décisions et notes : XLSX',
      done: /2 décisions enregistrées, 2 notes/,
      make: 'Créer un lien',
      verdicts: ['Non retenu', 'Pertinent'],
      contradiction: 'contredit une autre ligne',
    },
    en: {
      read: 'Check before importing',
      write: 'Save decisions and notes',
      list: 'All our calls, with decisions and notes: XLSX',
      done: /2 decisions and 2 notes saved/,
      make: 'Create a link',
      verdicts: ['Not for us', 'Relevant'],
      contradiction: 'contradicts another row',
    },
  };

  it.each([
    ['fr', 'wind-a', true],
    ['en', 'wind-b', false],
  ] as const)(
    'an old sheet is looked at, written, and found in the export (%s, %s, scripts %s)',
    async (language, profile, javaScript) => {
      const words = stories[language];
      const officer: Somebody = await somebody(world.test, { role: 'officer', profile, language });
      const page = await browser.open(world.test.url, { cookie: officer.cookie, language, javaScript });
      const check = (name: string): Promise<void> => (javaScript ? fine(page, name) : Promise.resolve());
      await page.goto(`/institutes/${profile}/sheets`);
      await check(`sheets-${language}`);
      await upload(page, await workbook(OLD), 'veille-2025.xlsx', words.read);
      await page.getByRole('table').getByText(words.contradiction).waitFor();
      expect(await page.locator('.lines tbody tr').count()).toBe(5);
      await check(`sheets-plan-${language}`);
      await page.getByRole('button', { name: words.write }).click();
      await page.getByText(words.done).waitFor();
      await check(`sheets-done-${language}`);
      await page.goto(`/institutes/${profile}/sheets`);
      const rows = await download(page, words.list);
      const verdict = rows[0]!.findIndex((header) => /^D[eé]cision$/.test(header));
      expect(
        rows
          .slice(1)
          .map((row) => row[verdict])
          .filter((v) => v !== '')
          .sort(),
      ).toEqual(words.verdicts);
      await page.locator('#feed-name').fill('Direction');
      await page.getByRole('button', { name: words.make }).click();
      const address = await page.locator('#feed-html').inputValue();
      await check(`sheets-feed-made-${language}`);
      await page.goto(new URL(address).pathname);
      expect(await page.locator('tbody tr').count()).toBe(5);
      await check(`sheets-feed-${language}`);
    },
  );

  const looks = [
    [390, false],
    [1440, true],
    [390, true],
  ] as const;
  it.each(sampled('looks of sheets', looks, first))(
    'fits a window of %d pixels (dark: %s), with what is wrong said at its field',
    async (width, dark) => {
      const officer = await somebody(world.test, { role: 'officer', profile: 'wind-a', language: 'fr' });
      const page = await browser.open(world.test.url, { cookie: officer.cookie, width, dark });
      const name = `${width}-${dark ? 'dark' : 'light'}`;
      await officer.post('/institutes/wind-a/sheets/feeds', {
        name: `Direction ${name}`,
        content: 'relevant',
        notes: 'true',
      });
      await page.goto('/institutes/wind-a/sheets');
      await fine(page, `sheets-${name}`);
      await upload(page, Buffer.from('<html></html>'), 'veille.xlsx', stories.fr.read);
      await page.locator('#sheet-file-error').waitFor();
      await fine(page, `sheets-refused-${name}`);
      await upload(
        page,
        await workbook(
          [...OLD, ['HORIZON-W2-2027-01', null, 'oui', null, null]].filter((row) => row[2] !== 'non'),
        ),
        'veille-2025.xlsx',
        stories.fr.read,
      );
      await page.locator('.lines').waitFor();
      await page.locator('details.card summary').click();
      await fine(page, `sheets-plan-${name}`);
    },
  );
});
