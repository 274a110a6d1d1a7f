import { axe, describeBrowser, misplaced, photo, sideways } from '../../support/pages/browser.js';
import { startTwoInstitutes, type TwoInstitutes } from '../../support/access/two-institutes.js';

describeBrowser('deciding from a mail in a browser', (browser) => {
  let world: TwoInstitutes;
  beforeAll(async () => {
    world = await startTwoInstitutes();
  });
  afterAll(() => world?.stop());

  it('takes one press and no script on a telephone, and the same link undoes it', async () => {
    const page = await browser.open(world.test.url, { javaScript: false, width: 390, language: 'en' });
    await page.goto(`/decide/${world.live.decide}`);
    const notice = page.locator('.decide-page .notice');
    expect(await notice.textContent()).toBe('Already decided: Relevant.');
    await page.getByRole('button', { name: 'Budget' }).click();
    expect(await notice.textContent()).toBe('Not for us: Budget (recorded)');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await notice.textContent()).toBe('Already decided: Relevant.');
    await page.getByRole('link', { name: 'The rest of the list' }).click();
    await page.getByRole('button', { name: 'Send me a link' }).click();
    expect(await page.locator('.sign-in').textContent()).toContain('received your e-mail');
  });

  it.each([
    { width: 390, dark: true, language: 'fr' },
    { width: 390, dark: false, language: 'en' },
    { width: 1440, dark: false, language: 'fr' },
    { width: 1440, dark: true, language: 'en' },
  ] as const)(
    'is accessible and fits its window in each of its states ($width pixels, dark: $dark, $language)',
    async (look) => {
      // A reader who chose a language here gets it, whatever the mail's is.
      const page = await browser.open(world.test.url, { ...look, cookie: `lang=${look.language}` });
      const check = async (state: string): Promise<void> => {
        expect(await axe(page, { colours: true })).toEqual([]);
        expect(await misplaced(page)).toEqual([]);
        expect(await sideways(page)).toBe(0);
        await photo(page, `decide-${state}-${look.width}-${look.dark ? 'dark' : 'light'}-${look.language}`);
      };
      await page.goto(`/decide/${world.live.decide}`);
      await check('already');
      await page.locator('.reasons button').first().click();
      await page.locator('form[action$="/undo"]').waitFor();
      await check('done');
      await page.locator('form[action$="/undo"] button').click();
      await page.locator('.reasons').waitFor();
      await page.goto(`/decide/${world.decideSeveral}`);
      await check('several');
      await page.locator('.reasons button').first().click();
      await page.locator('form[action$="/undo"]').waitFor();
      await check('several-done');
      await page.locator('form[action$="/undo"] button').click();
      await page.locator('.reasons').waitFor();
      for (const [i, token] of world.dead.decide.entries()) {
        await page.goto(`/decide/${token}`);
        await check(`dead-${i}`);
      }
      await page.goto(`/sign-in/from-mail/${world.ids.person}?next=/calls`);
      await check('sign-in');
    },
  );
});
