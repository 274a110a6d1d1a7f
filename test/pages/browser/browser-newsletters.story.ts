import { DataSource } from 'typeorm';
import { sha256 } from '../../../src/kernel/hash.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { worked } from '../../support/until.js';
import { axe, describeBrowser, photo, sideways } from '../../support/pages/browser.js';
import { api } from '../../support/app.js';
import type { InboxTest } from '../../support/institutes/inbox.js';
import { somebody } from '../../support/access/people.js';
import { startSheets } from '../../support/institutes/sheets.js';

describeBrowser('a newsletter in the browser', (browser) => {
  let world: InboxTest;
  beforeAll(async () => {
    world = await startSheets();
    for (const title of ['Wind one', 'Wind two'])
      await api(world.test.url, `/v1/profiles/wind-a/calls/${await world.id(title)}/verdict`, {
        method: 'PUT',
        token: world.token,
        body: { verdict: 'relevant' },
      });
  });
  afterAll(() => world?.stop());

  it.each([
    ['en', 1440, 'Start', 'Save'],
    ['fr', 390, 'Commencer', 'Enregistrer'],
  ] as const)(
    'is begun, filled, and seen as its readers will see it, at 700 and at 400 pixels (%s, %d pixels)',
    async (language, width, start, save) => {
      const officer = await somebody(world.test, { role: 'officer', profile: 'wind-a', language });
      const page = await browser.open(world.test.url, { cookie: officer.cookie, language, width });
      await page.goto('/institutes/wind-a/newsletters');
      await page.locator('#list').fill('Wind people');
      await page.locator('#title').fill('June');
      await page.getByRole('button', { name: start, exact: true }).click();
      await page.getByRole('checkbox', { name: 'Wind one' }).check();
      await page.getByRole('button', { name: save, exact: true }).click();
      await page.locator('ol.items textarea').fill('Ask Paul.');
      await page.getByRole('button', { name: save, exact: true }).click();
      for (const wide of [700, 400]) {
        const frame = page.frameLocator(`iframe.mail-${wide}`);
        expect(await frame.locator('h2').innerText()).toBe('Wind one');
        expect(await frame.getByText('Ask Paul.').count()).toBe(1);
        const box = (await page.locator(`iframe.mail-${wide}`).boundingBox())!;
        if (width > 700) expect(Math.round(box.width)).toBe(wide);
      }
      expect(await axe(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      await photo(page, `newsletter-${language}-${width}`);
    },
  );

  it.each([
    [
      'en',
      1440,
      [
        'Start',
        'Save',
        'See and add readers',
        'Add',
        /^Send to 2/,
        'Leave the list',
        'Come back to the list',
      ],
    ],
    [
      'fr',
      390,
      [
        ...(['Commencer', 'Enregistrer', 'Voir et ajouter des lecteurs', 'Ajouter', /^Envoyer à 2/] as const),
        ...(['Se désinscrire', 'Se réinscrire'] as const),
      ],
    ],
  ] as const)(
    'is sent to readers, who leave and come back without signing in (%s, %d pixels)',
    async (language, width, [start, save, readers, add, send, leave, back]) => {
      const officer = await somebody(world.test, { role: 'officer', profile: 'wind-a', language });
      const page = await browser.open(world.test.url, { cookie: officer.cookie, language, width });
      const press = (name: string | RegExp) =>
        page.getByRole('button', { name, exact: typeof name === 'string' }).click();
      const looksWell = async (what: string): Promise<void> => {
        expect([what, await axe(page), await sideways(page)]).toEqual([what, [], 0]);
        await photo(page, `newsletter-${what}-${language}-${width}`);
      };
      const list = `Sent ${language}`;
      await page.goto('/institutes/wind-a/newsletters');
      await page.locator('#list').fill(list);
      await page.locator('#title').fill('June');
      await press(start);
      await page.getByRole('checkbox', { name: 'Wind one' }).check();
      await press(save);
      const newsletter = page.url();
      await page.getByRole('link', { name: readers }).click();
      await page
        .locator('#lines')
        .fill(`Ann Wind <ann-${language}@lab.example>\nbob-${language}@lab.example`);
      await press(add);
      await looksWell('readers');
      await page.goto(newsletter);
      await press(send);
      await page.locator('#reached').waitFor();
      await worked();
      await page.reload();
      await looksWell('sent');
      // The secret is in the e-mail alone.
      const secret = `secret-of-a-reader-${language}`;
      await acrossInstitutes('the rows of a test', () =>
        world.test.app
          .get(DataSource)
          .query(
            `UPDATE newsletter_copy SET token_hash = $1 WHERE id = (SELECT c.id FROM newsletter_copy c JOIN newsletter_reader r ON r.id = c.reader_id WHERE r.list = $2 LIMIT 1)`,
            [sha256(secret), list],
          ),
      );
      await page.context().clearCookies();
      await page.goto(`/newsletter/${secret}`);
      await looksWell('leave');
      await press(leave);
      await page.getByRole('button', { name: back }).waitFor();
      await looksWell('left');
      await press(back);
      await page.getByRole('button', { name: leave, exact: true }).waitFor();
    },
  );
});
