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
});
