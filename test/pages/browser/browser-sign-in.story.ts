import type { Page } from 'playwright-core';
import { startApp, TOKEN, type TestApp } from '../../support/app.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { linkIn } from '../../support/notifications/mails.js';
import { Browser, somebody } from '../../support/access/people.js';
import { startSmtpSink, type SmtpSink } from '../../support/notifications/smtp-sink.js';
import { until } from '../../support/until.js';

const WORDS = {
  fr: {
    first: 'Devenir coordinateur',
    send: 'Envoyer l’invitation',
    invited: 'L’invitation est en route.',
    button: 'Se connecter',
    ask: 'Recevoir un lien',
    out: 'Se déconnecter',
    make: 'Créer une clé',
  },
  en: {
    first: 'Become the coordinator',
    send: 'Send the invitation',
    invited: 'The invitation is on its way.',
    button: 'Sign in',
    ask: 'Send me a link',
    out: 'Sign out',
    make: 'Create a key',
  },
};

describeBrowser('coming in, in the browser', (browser) => {
  let sink: SmtpSink;
  let server: TestApp;
  // A new server for each test: the operator's token creates only the first coordinator.
  beforeEach(async () => {
    sink = await startSmtpSink();
    server = await startApp(
      { SMTP_URL: sink.url, MAIL_FROM: 'calls@carnot.test' },
      { adjust: (wiring) => ({ ...wiring, sources: [] }) },
    );
  });
  afterEach(async () => {
    await server?.stop();
    await sink?.close();
  });

  /** Returns the link in the newest mail to an address, once `nth` mails have arrived. */
  const link = (address: string, nth: number): Promise<string> =>
    until(`mail ${nth} to ${address}`, async () => {
      const mails = sink.mails.filter((m) => m.envelopeTo.includes(address));
      return mails.length >= nth && linkIn(mails.at(-1)!.text!);
    });

  async function fine(page: Page, name: string): Promise<void> {
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await photo(page, name);
  }

  it.each([
    ['fr', 'brgm', 1440, true],
    ['en', 'cetim', 390, false],
  ] as const)(
    "from the admin token to an officer's first page and back (%s, %s, %s pixels, scripts %s)",
    async (language, institute, width, javaScript) => {
      const words = WORDS[language];
      const look = { language, width, javaScript };
      const check = (page: Page, name: string): Promise<void> =>
        javaScript ? fine(page, `${name}-${language}`) : Promise.resolve();
      const page = await browser.open(server.url, look);
      await page.goto('/institutes');
      expect(new URL(page.url()).pathname).toBe('/sign-in');
      if (!(await page.locator('#token').isVisible())) await page.locator('summary').click();
      await check(page, 'sign-in');
      await page.locator('#token').fill(TOKEN);
      await page.locator('#first-name').fill('Camille');
      await page.locator('#first-email').fill(`camille-${language}@carnot.test`);
      await page.getByRole('button', { name: words.first }).click();
      await page.waitForURL('**/institutes');
      await check(page, 'institutes');
      await page.goto(`/institutes/${institute}/team`);
      await page.locator('#invite-name').fill('Dominique');
      const address = `dominique@${institute}.test`;
      await page.locator('#invite-email').fill(address);
      await page.getByRole('button', { name: words.send }).click();
      await page.getByText(words.invited).waitFor();
      await check(page, 'team');

      const invitation = await link(address, 1);
      for (let i = 0; i < 3; i += 1) await new Browser(server.url).get(invitation); // A mail scanner.
      const theirs = await browser.open(server.url, look);
      await theirs.goto(invitation);
      await check(theirs, 'sign-in-link');
      await theirs.getByRole('button', { name: words.button }).click();
      await theirs.waitForURL(/\/institutes\/[a-z]+\/(start|inbox)$/);
      await theirs.goto('/');
      await theirs.waitForURL(`**/institutes/${institute}/inbox`);
      await theirs.locator('.settings > summary').click();
      await theirs.getByRole('button', { name: words.out }).click();
      await theirs.waitForURL('**/sign-in');

      await theirs.goto(invitation);
      expect(await theirs.getByRole('button', { name: words.button, exact: true }).count()).toBe(0);
      await check(theirs, 'sign-in-dead');
      await theirs.locator('#email').fill(address);
      await theirs.getByRole('button', { name: words.ask }).click();
      await theirs.getByText(address).waitFor();
      await check(theirs, 'sign-in-asked');
      await theirs.goto(await link(address, 2));
      await theirs.getByRole('button', { name: words.button }).click();
      await theirs.waitForURL(`**/institutes/${institute}/inbox`);
    },
  );

  it('a key is made and copied, and the account is fine in the dark and on a telephone', async () => {
    for (const [width, dark] of [
      [1440, true],
      [390, false],
    ] as const) {
      const me = await somebody(server, { role: 'officer', profile: 'leti', language: 'fr' });
      const page = await browser.open(server.url, { cookie: me.cookie, width, dark });
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.goto('/account');
      await page.locator('#keys summary').click();
      await fine(page, `account-${width}`);
      await page.locator('#key-name').fill('Tableau de bord');
      await page.getByRole('button', { name: WORDS.fr.make }).click();
      await page.getByRole('button', { name: 'Copier' }).click();
      await page.getByRole('button', { name: 'Copié.' }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toBe(await page.locator('#made-key').inputValue());
      await fine(page, `account-key-${width}`);
      await page.goto('/institutes/leti/team');
      await fine(page, `team-${width}`);
    }
  });

  it('who has signed out leaves nothing of theirs in the browser, and the way back leads to nothing', async () => {
    const me = await somebody(server, { role: 'officer', profile: 'leti', language: 'en' });
    const page = await browser.open(server.url, { cookie: me.cookie });
    await page.goto('/institutes/leti/inbox');
    const kept = () =>
      page.evaluate(() => ['calls-order' in sessionStorage, localStorage.getItem('inbox-keys-off')]);
    await page.evaluate(() => localStorage.setItem('inbox-keys-off', '1'));
    expect(await kept()).toEqual([true, '1']);
    await page.locator('.settings > summary').click();
    const out = page.waitForResponse('**/sign-out');
    await page.getByRole('button', { name: WORDS.en.out }).click();
    expect(await (await out).headerValue('clear-site-data')).toBe('"cache"');
    await page.waitForURL('**/sign-in');
    // The setting for disabled shortcut keys is no secret, and somebody may depend on it.
    expect(await kept()).toEqual([false, '1']);
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    expect(await page.locator('.inbox-list, .settings').count()).toBe(0);
  });
});
