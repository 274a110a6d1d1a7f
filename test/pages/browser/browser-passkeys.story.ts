import type { CDPSession, Page } from 'playwright-core';
import { startApp, type TestApp } from '../../support/app.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { TestClock } from '../../support/clock.js';
import { freePort } from '../../support/free-port.js';
import { linkTo } from '../../support/notifications/mails.js';
import { Browser, somebody } from '../../support/access/people.js';
import { first, sampled } from '../../support/release.js';

const WORDS = {
  fr: {
    enter: 'Se connecter',
    make: 'Créer une clé d’accès',
    made: 'Clé d’accès créée.',
    use: 'Utiliser ma clé d’accès',
    failed: 'Votre appareil n’a pas répondu.',
    known: 'Cet appareil a déjà une clé d’accès',
    add: 'Ajouter une clé d’accès',
    confirm: 'Confirmer avec une clé d’accès',
    remove: 'Supprimer la clé d’accès «\u00a0Portable\u00a0»',
    none: 'Aucune clé d’accès.',
    scripts: 'nécessitent JavaScript',
    out: 'Se déconnecter',
  },
  en: {
    enter: 'Sign in',
    make: 'Create a passkey',
    made: 'Passkey created.',
    use: 'Use my passkey',
    failed: 'Your device did not answer.',
    known: 'This device already has a passkey',
    add: 'Add a passkey',
    confirm: 'Confirm with a passkey',
    remove: 'Remove the passkey “Portable”',
    none: 'No passkeys yet.',
    scripts: 'need JavaScript',
    out: 'Sign out',
  },
};

describeBrowser('a passkey, in the browser', (browser) => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  let origin: string;
  let server: TestApp;
  beforeAll(async () => {
    const port = await freePort();
    // Browsers bind passkeys to a host name, and without TLS they only accept this one.
    origin = `http://localhost:${port}`;
    server = await startApp({ PUBLIC_URL: origin }, { working: false, clock, port });
  });
  afterAll(() => server?.stop());

  /** Attaches a virtual authenticator with user verification to the page, through the debugger. */
  async function device(page: Page): Promise<{ knowsOwner: (yes: boolean) => Promise<unknown> }> {
    const cdp: CDPSession = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return {
      knowsOwner: (isUserVerified) =>
        cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    };
  }
  async function link(email: string): Promise<string> {
    clock.move({ seconds: 1 });
    await new Browser(server.url).post('/sign-in', { email });
    return linkTo(server, email);
  }
  async function fine(page: Page, name: string): Promise<void> {
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    await photo(page, name);
  }

  const looks = [
    ['fr', 1440, false],
    ['en', 390, true],
  ] as const;
  it.each(sampled('passkeys, by language', looks, first))(
    'is made at the first sign-in, asked for at the next, confirms, and is removed (%s, %s pixels)',
    async (language, width, dark) => {
      const words = WORDS[language];
      const { person } = await somebody(server, { role: 'coordinator', language });
      const page = await browser.open(origin, { language, width, dark });
      const { knowsOwner } = await device(page);
      const shown = (name: string) => fine(page, `${name}-${language}`);
      const enter = async (): Promise<void> => {
        await page.goto(await link(person.email));
        await page.getByRole('button', { name: words.enter, exact: true }).click();
      };

      await enter();
      await page.waitForURL('**/sign-in/passkey/new?next=%2Finstitutes');
      await shown('passkey-new');
      await page.locator('#passkey-name').fill('Portable');
      await page.getByRole('button', { name: words.make }).click();
      await page.waitForURL('**/institutes');
      await page.getByText(words.made).waitFor();

      await page.locator('.settings > summary').click();
      await page.getByRole('button', { name: words.out }).click();
      await page.waitForURL('**/sign-in');
      await enter();
      await page.waitForURL('**/sign-in/passkey?next=%2Finstitutes');
      await shown('passkey');
      await knowsOwner(false);
      await page.getByRole('button', { name: words.use }).click();
      await page.getByText(words.failed).waitFor();
      await shown('passkey-failed');
      await page.goto('/account');
      expect(new URL(page.url()).pathname).toBe('/sign-in/passkey');
      await knowsOwner(true);
      await page.getByRole('button', { name: words.use }).click();
      await page.waitForURL('**/account');
      await page.getByText('Portable').waitFor();
      await shown('passkeys');

      await page.getByRole('link', { name: words.add }).click();
      await page.locator('#passkey-name').fill('Again');
      await page.getByRole('button', { name: words.make }).click();
      await page.getByText(words.known).waitFor();

      clock.move({ minutes: 16 });
      await page.goto('/account');
      await page.locator('#passkeys').getByRole('button', { name: words.remove }).click();
      await page.getByRole('link', { name: words.confirm }).waitFor();
      await shown('passkey-confirm');
      await page.getByRole('link', { name: words.confirm }).click();
      await shown('passkey-presence');
      await page.getByRole('button', { name: words.use }).click();
      await page.waitForURL('**/account');
      await page.locator('#passkeys').getByRole('button', { name: words.remove }).click();
      await page.getByText(words.none).waitFor();
    },
  );

  it('says that it needs scripts where they do not run, and leaves the way out', async () => {
    const me = await somebody(server, { role: 'coordinator', language: 'fr' });
    const page = await browser.open(origin, { cookie: me.cookie, javaScript: false });
    await page.goto('/sign-in/passkey/new?next=%2Finstitutes');
    await page.getByText(WORDS.fr.scripts).waitFor();
    await page.getByRole('link', { name: 'Pas maintenant' }).click();
    await page.waitForURL('**/institutes');
  });
});
