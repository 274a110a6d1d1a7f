import type { Page } from 'playwright-core';
import type { Wiring } from '../../../src/app/platform.module.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { axe, describeBrowser, misplaced, photo, sideways } from '../../support/pages/browser.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';
import { first, sampled } from '../../support/release.js';

const SUBJECTS = [
  'hydrogen storage in salt caverns',
  'additive manufacturing of metals',
  'medical imaging with machine learning',
  'wastewater treatment and water reuse',
  'non-destructive testing of composites',
  'flood risk in river basins',
  'lignocellulosic biomass in biorefineries',
  'offshore wind turbines',
  'tidal stream devices',
  'perovskite solar cells',
  'soil remediation',
  'music of the past',
];
const saved = aProfile('institute', {
  competences: [
    { label: 'Ours', description: 'About the sea.', keywords: ['offshore wind'], exclusions: [], weight: 1 },
  ],
});
const young = aProfile('young', {
  name: 'Jeune Carnot',
  competences: [{ label: 'To be described', description: '', keywords: [], exclusions: [], weight: 0 }],
});
const FRENCH = `L’institut rassemble 300 chercheurs.\nNos domaines d’expertise :\n- Stockage de l’hydrogène\n- Fabrication additive\n- Traitement des eaux usées\n- Contrôle non destructif\n- Imagerie médicale\n- Dépollution des sols`;
const ENGLISH = `We bring together 300 researchers.\nOur expertise:\n${SUBJECTS.slice(0, 11)
  .map((s) => `- ${s}`)
  .join('\n')}`;

describeBrowser('a profile in a browser', (browser) => {
  const config = configWith([saved, young, aProfile('shipped')]);
  let server: TestApp;
  beforeAll(async () => {
    // With only a dozen calls no word is rare, so nothing scores high.
    const lenient = (wiring: Wiring): Wiring => ({
      ...wiring,
      settings: { ...wiring.settings, digest: { ...wiring.settings.digest, minScore: 20 } },
    });
    server = await startApp({}, { working: false, adjust: (wiring) => lenient(on(config.dir)(wiring)) });
    await storeCalls(
      server.app,
      SUBJECTS.map((s, i) =>
        aCall(`p${i}`, {
          title: `Research on ${s}`,
          sections: [{ kind: 'scope', title: '', text: `Proposals address ${s}.` }],
        }),
      ),
    );
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  async function open(
    profile: string,
    path: string,
    language: 'fr' | 'en',
    more: object = {},
  ): Promise<Page> {
    const { cookie } = await somebody(server, { role: 'officer', profile, name: 'Olga', language });
    const page = await browser.open(server.url, { cookie, language, ...more });
    await page.goto(`/institutes/${profile}${path}`);
    return page;
  }
  const sound = async (page: Page, name: string): Promise<void> => {
    expect(await axe(page)).toEqual([]);
    expect(await sideways(page)).toBe(0);
    expect(await misplaced(page)).toEqual([]);
    await photo(page, name);
  };

  it.each(sampled('a profile that is edited, by language', ['fr', 'en'] as const, first))(
    'is edited with what it changes beside it, saved, and brought back (%s)',
    async (language) => {
      const page = await open('institute', '/profile', language);
      const chip = page.locator('.keyword', { hasText: 'offshore wind' });
      await chip.locator('.count').waitFor();
      expect(await chip.innerText()).toBe('offshore wind 1');
      await sound(page, `profile-${language}`);
      const before = (await api(server.url, '/v1/profiles/institute')).body.version;
      // Typing updates the preview without a click.
      const said = (text: string): Promise<void> =>
        page.locator('#preview-said', { hasText: text }).waitFor();
      await page.locator('[id="competences.0.keywords"]').fill('offshore wind\nmedical imaging');
      await said(language === 'fr' ? '+1 gagné, −0 perdu.' : '+1 gained, −0 lost.');
      await page.locator('[id="competences.0.keywords"]').fill('medical imaging\nperovskite solar cells');
      await said(language === 'fr' ? '+2 gagnés, −2 perdus.' : '+2 gained, −2 lost.');
      expect(await page.locator('#preview-gained li').allTextContents()).toEqual(
        expect.arrayContaining([
          expect.stringContaining('perovskite solar cells'),
          expect.stringContaining('medical imaging'),
        ]),
      );
      expect((await api(server.url, '/v1/profiles/institute')).body.version).toBe(before);
      // A row is added in place: the page stays, and the new row takes the next input.
      await page.locator('button[value=add]').click();
      await page.locator('[id="competences.1.label"]').waitFor();
      await page.waitForFunction(() => document.activeElement?.id === 'competences.1.label');
      await page.keyboard.type('Wind');
      expect(await page.locator('[id="competences.1"] legend').textContent()).toBe('Wind');
      expect(await page.locator('[id="competences.0.keywords"]').inputValue()).toBe(
        'medical imaging\nperovskite solar cells',
      );
      await sound(page, `profile-typed-${language}`);
      await page.locator('button[value=save]').click();
      await page.locator('.flash').waitFor();
      expect((await api(server.url, '/v1/profiles/institute')).body).toMatchObject({
        version: before + 1,
        competences: [{ keywords: ['medical imaging', 'perovskite solar cells'] }, { label: 'Wind' }],
      });
      // Then restore the earlier version.
      await page.locator(`a[href$="/profile/versions"]`).click();
      await sound(page, `profile-versions-${language}`);
      await page.locator(`a[href$="/versions/${before}"]`).click();
      await sound(page, `profile-version-${language}`);
      await page.locator('form[action$="/restore"] button').click();
      await page.locator('.flash').waitFor();
      expect((await api(server.url, '/v1/profiles/institute')).body.competences).toEqual(saved.competences);
    },
  );

  it.each(
    sampled(
      'a profile that comes about, by language',
      [
        ['fr', FRENCH],
        ['en', ENGLISH],
      ] as const,
      first,
    ),
  )('comes about in three steps, from who one is to the first calls (%s)', async (language, text) => {
    const { body: profile } = await api(server.url, '/v1/profiles/young');
    await api(server.url, '/v1/profiles/young', {
      method: 'PUT',
      body: { ...profile, competences: young.competences },
    });
    const page = await open('young', '/start', language);
    await sound(page, `start-1-${language}`);
    await page.locator('main button[type=submit]').click();
    await sound(page, `start-2-${language}`);
    await page.locator('#text').fill(text);
    await page.locator('button[value=draft]').click();
    await page.locator('.competence').first().waitFor();
    await sound(page, `start-2-drafted-${language}`);
    const drafted = await page.locator('.competence').count();
    await page.locator('button[value=remove-0]').click();
    await page.waitForFunction((n) => document.querySelectorAll('.competence').length === n - 1, drafted);
    // Enter in a field continues; it does not draft again over the corrections.
    await page.locator('[id="competences.0.label"]').fill('Corrected');
    await page.keyboard.press('Enter');
    await page.locator('.best').waitFor();
    await sound(page, `start-3-${language}`);
    expect(await page.locator('.best > li').count()).toBeGreaterThanOrEqual(language === 'en' ? 10 : 5);
    expect((await api(server.url, '/v1/profiles/young')).body).toMatchObject({
      contacts: expect.arrayContaining([expect.objectContaining({ name: 'Olga', language })]),
      competences: expect.arrayContaining([expect.objectContaining({ label: 'Corrected' })]),
    });
  });

  it('is not left by accident while it holds what is not saved', async () => {
    const page = await open('shipped', '/profile', 'en');
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      void dialog.dismiss();
    });
    const leave = () => page.locator('a[href$="/profile/versions"]').click();
    await page.locator('[id="competences.0.label"]').fill('Typed');
    await page.locator('button[value=add]').click();
    await page.locator('[id="competences.1.label"]').waitFor();
    await leave();
    expect(asked).toBe(1);
    // The preview and its way back belong to the same form.
    await page.locator('button[formaction$="/preview"]').click();
    await page.waitForURL(/preview$/);
    expect(asked).toBe(1);
    await leave();
    expect(asked).toBe(2);
    // Submitting another form on the page would lose the input.
    await page.locator('#to-confirm button').click();
    expect(asked).toBe(3);
    await page.locator('button[value=save]').click();
    await page.locator('.flash').waitFor();
    await leave();
    await page.waitForURL(/versions$/);
    expect(asked).toBe(3);
  });

  it('is edited on a telephone, in the dark, and where no script runs', async () => {
    await sound(await open('shipped', '/profile', 'fr', { width: 390, dark: true }), 'profile-390-dark');
    await sound(await open('shipped', '/profile', 'fr', { width: 900 }), 'profile-900');
    await sound(await open('shipped', '/start/profile', 'fr', { width: 390 }), 'start-390');
    await sound(await open('shipped', '/profile/yaml', 'en', { width: 390, dark: true }), 'yaml-390-dark');
    const page = await open('shipped', '/profile', 'en', { javaScript: false });
    await page.locator('button[value=add]').click();
    await page.locator('[id="competences.1.label"]').fill('Tides');
    await page.locator('[id="competences.1.keywords"]').fill('tidal stream');
    await page.locator('button[formaction$="/preview"]').click();
    expect(await page.locator('#preview-said').textContent()).toMatch(/gained|Nothing changes/);
    await page.locator('button[value=save]').click();
    expect(await page.locator('.flash').textContent()).toBe('Saved.');
    expect((await api(server.url, '/v1/profiles/shipped')).body.competences[1]).toMatchObject({
      label: 'Tides',
      keywords: ['tidal stream'],
    });
  });
});
