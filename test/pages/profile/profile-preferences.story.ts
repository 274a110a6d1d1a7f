import { load } from 'cheerio';
import { api, startApp, type TestApp } from '../../support/app.js';
import { somebody, type Browser, type Somebody } from '../../support/access/people.js';
import { COUNTRIES } from '../../../src/calls/domain/countries.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const PATH = '/institutes/institute/profile';

describe('roles and countries in the form of a profile', () => {
  const config = configWith([aProfile('institute')]);
  let server: TestApp;
  let officer: Somebody, french: Somebody, reader: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false, adjust: on(config.dir) });
    officer = await somebody(server, { role: 'officer', profile: 'institute' });
    french = await somebody(server, { role: 'officer', profile: 'institute', language: 'fr' });
    reader = await somebody(server, { role: 'reader', profile: 'institute' });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  /** Submits the page's form with some fields overwritten. */
  async function send(
    browser: Browser,
    typed: Record<string, string | string[]> = {},
  ): Promise<{ status: number; body: string }> {
    const fields: Record<string, string | string[]> = {};
    for (const { name, value } of load((await browser.get(PATH)).body)('#editor').serializeArray())
      fields[name] = name in fields ? [fields[name]!, value].flat() : value;
    return browser.post(PATH, { ...fields, ...typed });
  }
  const saved = async () => (await api(server.url, '/v1/profiles/institute')).body;
  const text = (html: string, selector: string) => load(html)(selector).text().replace(/\s+/g, ' ').trim();

  it('are taken as they are ticked, and by name or code in either language', async () => {
    const { status } = await send(officer, {
      'preferences.roles': ['coordinator', 'partner'],
      'preferences.countries': 'France\r\nmaroc, de\nBosnia & Herzegovina\nFR, Etats-Unis\nEL',
    });
    expect([status, (await saved()).preferences]).toEqual([
      303,
      {
        typesOfAction: [],
        programmes: [],
        roles: ['coordinator', 'partner'],
        countries: ['FR', 'MA', 'DE', 'BA', 'US', 'GR'],
      },
    ]);
  });

  it('stand there in the reader’s language, and change nothing when sent as they stand', async () => {
    const before = await saved();
    const $ = load((await french.get(PATH)).body);
    expect($('[id="preferences.countries"]').val()).toBe(
      'France\nMaroc\nAllemagne\nBosnie-Herzégovine\nÉtats-Unis\nGrèce',
    );
    expect(
      $('[name="preferences.roles"]:checked')
        .map((_, e) => $(e).val())
        .get(),
    ).toEqual(['coordinator', 'partner']);
    expect([(await send(french)).status, await saved()]).toEqual([303, before]);
    expect(text((await reader.get(PATH)).body, 'main')).toContain(
      'coordinator, partnerCountriesFrance, Morocco, Germany, Bosnia & Herzegovina, United States and Greece',
    );
  });

  it('are refused at their field where a country is not known, with what was typed', async () => {
    const { status, body } = await send(officer, { 'preferences.countries': 'France\nAtlantis' });
    expect([status, text(body, '[id="preferences.countries-error"]')]).toEqual([
      422,
      'Enter countries by name or by two letters, such as France or FR.',
    ]);
    expect([
      load(body)('[id="preferences.countries"]').val(),
      load(body)('.notice.bad a').attr('href'),
    ]).toEqual(['France\nAtlantis', '#preferences.countries']);
    expect(
      text(
        (await send(french, { 'preferences.countries': 'Atlantide' })).body,
        '[id="preferences.countries-error"]',
      ),
    ).toMatch(/^Indiquez les pays par leur nom/);
  });

  it('are refused where they are too many, in words that say so', async () => {
    const many = COUNTRIES.slice(0, 61).join('\n');
    expect(
      text(
        (await send(officer, { 'preferences.countries': many })).body,
        '[id="preferences.countries-error"]',
      ),
    ).toMatch(/^Enter at most 60 countries/);
    expect(
      text(
        (await send(french, { 'preferences.countries': many })).body,
        '[id="preferences.countries-error"]',
      ),
    ).toMatch(/^Indiquez 60 pays au plus/);
  });

  it('are refused in the profile’s file in the reader’s language, line by line', async () => {
    const wrong = {
      text: 'id: institute\nname: X Y\nlangauge: fr\ncompetences: [{ label: Wind }]\npreferences:\n  countries: [Atlantis]\n',
    };
    const told = async (browser: Browser) =>
      text((await browser.post(`${PATH}/yaml`, wrong)).body, '[role=alert]');
    expect(await told(french)).toMatch(
      /Ligne 3 : langauge n’est pas un champ connu\. Vouliez-vous dire « language » \? Clés connues ici : id, .*Ligne 6 : .*n’est pas un code de pays.*Écrivez le code du pays/,
    );
    expect(await told(officer)).toMatch(
      /Line 3: langauge is not a known field\. Did you mean "language"\? Known here: id, /,
    );
  });

  it('go out as codes in the profile’s file, and are gone once the fields are empty', async () => {
    expect((await officer.get('/institutes/institute/profile.yaml')).body).toContain(
      '  countries: [FR, MA, DE, BA, US, GR]\n  roles: [coordinator, partner]\n',
    );
    await send(officer, { 'preferences.roles': '', 'preferences.countries': '' });
    expect((await saved()).preferences).toBeUndefined();
  });

  it('stand in the difference of two versions in the reader’s language', async () => {
    const gone = async (browser: Browser) =>
      load((await browser.get(`${PATH}/versions/2`)).body)('.difference del, .difference ins')
        .map((_, e) => load(e).text())
        .get();
    expect(await gone(officer)).toEqual(expect.arrayContaining(['Morocco', 'coordinator', 'partner']));
    expect(await gone(french)).toEqual(expect.arrayContaining(['Maroc', 'coordinateur', 'partenaire']));
  });

  it('are said in the difference as in the form: grants, days and programmes, too', async () => {
    await send(officer, {
      'preferences.typesOfAction': ['GRANT'],
      'preferences.programmes': ['Digital Europe'],
      'preferences.minLeadDays': '45',
    });
    const { version } = await saved();
    const shown = load((await french.get(`${PATH}/versions/${version - 1}`)).body)('.difference ins')
      .map((_, e) => load(e).text())
      .get();
    expect(shown).toEqual([
      'autres subventions',
      'Europe numérique',
      'Jours nécessaires avant une échéance\u00a0: 45',
    ]);
    await send(officer, {
      'preferences.typesOfAction': '',
      'preferences.programmes': '',
      'preferences.minLeadDays': '',
    });
  });

  it('have no label where nothing is behind it', async () => {
    const empty = aProfile('institute', {
      preferences: { typesOfAction: ['RIA'], programmes: [], answersAs: [], roles: [], countries: [] },
    });
    const answer = await api(server.url, '/v1/profiles/institute', { method: 'PUT', body: empty });
    expect([
      answer.status,
      load((await reader.get(PATH)).body)('.facts dt')
        .map((_, e) => load(e).text())
        .get(),
    ]).toEqual([200, ['Types of action']]);
  });
});
