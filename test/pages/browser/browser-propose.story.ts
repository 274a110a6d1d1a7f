import type { Page } from 'playwright-core';
import { axe, describeBrowser, photo, PLAIN_HOST, sideways, type Look } from '../../support/pages/browser.js';
import { linkIn, MATERIALS, PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';
import { first, sampled } from '../../support/release.js';

const WORDS = {
  fr: {
    propose: /^Proposer à/,
    send: 'Envoyer à Marie Martin',
    interested: 'Cela m’intéresse',
    answer: 'Envoyer la réponse',
    thanks: 'Merci',
    stands: 'cela l’intéresse',
    inbox: 'À trier',
    hello: 'Bonjour,',
  },
  en: {
    propose: /^Propose to/,
    send: 'Send to Marie Martin',
    interested: 'I am interested',
    answer: 'Send the answer',
    thanks: 'Thank you',
    stands: 'interested',
    inbox: 'Inbox',
    hello: 'Hello,',
  },
};

describeBrowser('a call proposed to a researcher', (browser) => {
  let p: Proposing;
  beforeEach(async () => {
    p = await Proposing.start();
  });
  afterEach(() => p?.stop());

  const institute = `/institutes/${PROFILE.id}`;
  const open = (language: 'fr' | 'en', look: Look = {}): Promise<Page> =>
    browser.open(p.test.url, { cookie: `${p.officer.cookie}; lang=${language}`, language, ...look });
  /** Checks that the page has no accessibility violations and does not scroll sideways. */
  const sound = async (page: Page, name: string): Promise<void> => {
    await photo(page, name);
    expect({ name, axe: await axe(page), sideways: await sideways(page) }).toEqual({
      name,
      axe: [],
      sideways: 0,
    });
  };

  it.each(sampled('proposing in a browser, by language', ['fr', 'en'] as const, first))(
    'from the match to the sent message in three clicks, and the answer comes back, in %s',
    async (language) => {
      const words = WORDS[language];
      await p.researcher('Marie Martin', [WIND, MATERIALS], language);
      await p.researcher('Bob Blade', [MATERIALS], 'en');
      const page = await open(language);
      await page.goto(`${institute}/inbox`);
      await page.getByRole('link', { name: 'Larger offshore wind farms' }).first().click();
      await page.waitForURL(new RegExp(p.callId));
      await page.getByRole('link', { name: words.propose }).first().click();
      await page.waitForURL(/propose/);
      expect(await page.locator('#text').inputValue()).toMatch(new RegExp(`^${words.hello}`));
      await sound(page, `propose-${language}`);
      await page.getByRole('button', { name: words.send, exact: true }).click();
      await page.waitForURL(new RegExp(`${p.callId}$`));
      expect(await page.locator('.flash').textContent()).toMatch(/Envoyé|Sent/);

      const link = linkIn((await p.mails(1))[0]!.text!);
      const theirs = await browser.open(p.test.url, { language, width: 390 });
      await theirs.goto(link);
      await sound(theirs, `answer-${language}`);
      await theirs.getByLabel(words.interested).check();
      await theirs.locator('#word').fill('Avec plaisir');
      await theirs.getByRole('button', { name: words.answer }).click();
      await theirs.waitForSelector('.flash');
      expect(await theirs.locator('.flash').textContent()).toContain(words.thanks);
      await sound(theirs, `answered-${language}`);
      expect(await theirs.context().cookies()).toEqual([]);

      await p.mails(2);
      await page.goto(`${institute}/calls/${p.callId}`);
      const asked = page.locator('.asked');
      expect(await asked.textContent()).toContain('Marie Martin');
      expect(await asked.textContent()).toContain(words.stands);
      expect(await asked.textContent()).toContain('Avec plaisir');
      await page.goto(`${institute}/people/asked`);
      await sound(page, `asked-${language}`);
      const narrow = await open(language, { width: 390 });
      await narrow.goto(`${institute}/people/asked`);
      await sound(narrow, `asked-narrow-${language}`);
      expect(await narrow.locator('.scroll').evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    },
  );

  it("another researcher's message takes the place of the first without leaving the page", async () => {
    await p.researcher('Marie Martin', [WIND, MATERIALS], 'fr');
    await p.researcher('Bob Blade', [MATERIALS], 'en');
    const page = await open('en');
    await page.goto(`${institute}/calls/${p.callId}/propose`);
    await page.evaluate(() => {
      (globalThis as any).stayed = true;
    });
    await page.getByRole('link', { name: 'Bob Blade' }).click();
    await page.waitForFunction(() =>
      document.querySelector('[aria-current=true]')?.textContent?.includes('Bob'),
    );
    expect(await page.locator('#text').inputValue()).toMatch(/^Hello,/);
    expect(
      await page.evaluate(() => [
        (globalThis as any).stayed,
        document.activeElement?.textContent?.trim(),
        location.search.startsWith('?to='),
      ]),
    ).toEqual([true, 'Bob Blade', true]);
    await sound(page, 'propose-other');
  });

  it('works without a script, on a telephone and in the dark, from nobody behind a competence to the answer', async () => {
    const page = await open('fr', { javaScript: true, width: 390, dark: true });
    await page.goto(`${institute}/people`);
    await sound(page, 'people-nobody');
    const plain = await open('fr', { javaScript: false, width: 390, dark: true });
    await plain.goto(`${institute}/calls/${p.callId}/propose`);
    await plain.getByLabel('Nom').fill('Marie Martin');
    await plain.getByLabel('Adresse e-mail').fill('marie.martin@lab.example');
    await plain.getByRole('button', { name: 'Ajouter et lui écrire' }).click();
    await plain.waitForURL(/to=/);
    await plain.locator('#text').fill('Bonjour Marie,\nà vous de voir.');
    await plain.getByRole('button', { name: 'Envoyer à Marie Martin' }).click();
    const theirs = await browser.open(p.test.url, { javaScript: false, dark: true });
    await theirs.goto(linkIn((await p.mails(1))[0]!.text!));
    await theirs.getByLabel('Voir avec quelqu’un d’autre').check();
    await theirs.locator('#other').fill('Jean');
    await theirs.getByRole('button', { name: 'Envoyer la réponse' }).click();
    await theirs.waitForURL(/answer/);
    expect(await theirs.locator('.notice').textContent()).toContain('Jean');
    await page.goto(`${institute}/calls/${p.callId}/propose`);
    await sound(page, 'propose-narrow-dark');
  });

  it('is answered over plain http too, where browsers say by the origin alone which site a form is of', async () => {
    const link = await p.asked(await p.researcher('Marie Martin', [WIND], 'fr'));
    const theirs = await browser.open(p.test.url.replace('127.0.0.1', PLAIN_HOST), {
      pardon: /Cross-Origin-Opener-Policy header has been ignored/,
    });
    await theirs.goto(link);
    await theirs.getByLabel('Cela m’intéresse').check();
    const [sent] = await Promise.all([
      theirs.waitForRequest((r) => r.method() === 'POST'),
      theirs.getByRole('button', { name: 'Envoyer la réponse' }).click(),
    ]);
    expect(Object.keys(await sent.allHeaders())).not.toContain('sec-fetch-site');
    await theirs.waitForSelector('.flash');
  });

  it('the forms about people break no rule either', async () => {
    await p.researcher('Marie Martin', [WIND, MATERIALS], 'fr');
    const page = await open('fr');
    for (const [path, name] of [
      ['', 'people'],
      ['/new', 'person-new'],
      ['/paste', 'paste'],
      ['/asked', 'asked-none'],
    ] as const) {
      await page.goto(`${institute}/people${path}`);
      await sound(page, name);
    }
    await page.goto(`${institute}/people`);
    await page.getByRole('link', { name: 'Marie Martin' }).first().click();
    await sound(page, 'person-edit');
    await page.goto('/answer/unknown');
    await sound(page, 'answer-unknown');
  });
});
