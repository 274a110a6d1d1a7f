import type { Page } from 'playwright-core';
import { api } from '../../support/app.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { NOISE, TESTED, TOPICS } from '../../support/matching/topics-to-test.js';
import { first, sampled } from '../../support/release.js';

const WHY = '/institutes/ours/why';
const TEST = '/institutes/ours/profile/test';
const PASTED = [
  TOPICS.fits.identifier,
  TOPICS.far.identifier,
  TOPICS.excluded.identifier,
  'HORIZON-FITS-2030-11',
  'Nobody knows this one',
  'HORIZON-TWICE-2030-01',
].join('\n');

describeBrowser('why a call was told or not, in a browser', (browser) => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox([TESTED], [...Object.values(TOPICS), ...NOISE]);
  });
  afterAll(() => inbox?.stop());

  const open = async (
    path: string,
    look: { language?: 'fr' | 'en'; width?: number; dark?: boolean; javaScript?: boolean } = {},
  ): Promise<Page> => {
    const page = await browser.open(inbox.test.url, {
      ...look,
      cookie: `${inbox.officer.cookie}; lang=${look.language ?? 'fr'}`,
    });
    await page.goto(path);
    return page;
  };
  const sound = async (page: Page, name: string): Promise<void> => {
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await photo(page, name);
  };
  const looks = [
    { width: 1440, dark: false, language: 'fr' },
    { width: 390, dark: true, language: 'en' },
  ] as const;

  it.each(sampled('looks of why a call was told', looks, first))(
    'looks well with all that it may say at $width pixels, dark: $dark, in $language',
    async (look) => {
      const page = await open(TEST, look);
      await page.locator('#topics').fill(' ; ');
      await page.locator('form[data-busy] button').click();
      await page.locator('#topics-error').waitFor();
      await sound(page, `test-wrong-${look.width}`);
      await page.locator('#topics').fill(PASTED);
      await page.locator('form[data-busy] button').click();
      await page.locator('.tested').waitFor();
      await sound(page, `test-${look.width}`);
      for (const call of [
        TOPICS.fits.identifier,
        TOPICS.excluded.identifier,
        'HORIZON-FITS-2030-11',
        'mosses',
        'xyzzy',
        'HORIZON-TWICE-2030-01',
      ]) {
        await page.goto(`${WHY}?call=${call}`);
        await sound(page, `why-${call}-${look.width}`);
      }
      await page.goto('/institutes/ours/profile?change=add-keyword&competence=Hydrogen&keywords=mosses');
      await page.locator('#preview-lists p').first().waitFor();
      await sound(page, `mend-${look.width}`);
    },
  );

  it('leads from a miss to the change that was previewed and saved, and then it is none', async () => {
    const page = await open(WHY, { language: 'en' });
    await page.locator('#call').fill(TOPICS.far.title);
    await page.keyboard.press('Enter');
    await page.locator('form[data-busy] button').click();
    const [editor] = await Promise.all([
      page.context().waitForEvent('page'),
      page.locator('.suggestion a').click(),
    ]);
    // The preview loads by itself, before anything is typed.
    await editor.locator('#preview-gained', { hasText: TOPICS.far.title }).waitFor();
    const before = (await api(inbox.test.url, '/v1/profiles/ours')).body;
    expect(before.competences[0].keywords).toEqual(['fuel cell', 'hydrogen']);
    await editor.locator('button[value=save]').click();
    await editor.locator('.flash').waitFor();
    const after = (await api(inbox.test.url, '/v1/profiles/ours')).body;
    expect([after.version, after.competences[0].keywords.length]).toEqual([
      before.version + 1,
      expect.any(Number),
    ]);
    expect(after.competences[0].keywords.length).toBeGreaterThan(2);
    // The tested topic is still shown in its own tab.
    await page.locator('form[data-busy] button').last().click();
    await page.locator('.tested .status-open', { hasText: 'Would be sent' }).waitFor();
  });

  it('says that it is busy until the answer comes, and not any more to whoever comes back', async () => {
    const page = await open(TEST);
    const said: string[] = [];
    // Observed before the response arrives, since the driver waits while a page is loading.
    await page.exposeFunction('heard', (text: string) => {
      said.push(text);
    });
    await page.evaluate(() => {
      const status = document.querySelector('form [role=status]')!;
      new MutationObserver(() =>
        (globalThis as unknown as { heard: (text: string) => void }).heard(status.textContent),
      ).observe(status, { childList: true });
    });
    await page.locator('#topics').fill(PASTED);
    await page.locator('form[data-busy] button').click();
    await page.locator('.tested').waitFor();
    expect(said).toEqual([expect.stringMatching(/^Examen des sujets en cours/)]);
    expect(await page.locator('.busy').count()).toBe(0);
    await page.goBack();
    expect(await page.locator('.busy').count()).toBe(0);
  });

  it('works where no script runs', async () => {
    const page = await open(TEST, { language: 'en', javaScript: false });
    await page.locator('#topics').fill(TOPICS.excluded.identifier!);
    await page.locator('form[data-busy] button').click();
    await page.goto((await page.locator('.suggestion a').getAttribute('href'))!);
    expect(await page.locator('[id="competences.0.exclusions"]').inputValue()).toBe('');
    await page.locator('button[formaction$="/preview"]').click();
    await page.locator('#preview-gained').waitFor();
    await page.goto(WHY);
    await page.locator('#call').fill('HORIZON-TWICE-2030-01');
    await page.locator('.why-ask button').click();
    await page.locator('.meant a').first().click();
    await page.locator('.rules-fold > summary').click();
    await page.locator('.rule.decides').waitFor();
  });
});
