import { load } from 'cheerio';
import { DataSource } from 'typeorm';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const young = aProfile('young', {
  name: 'Young Carnot',
  competences: [{ label: 'To be described', description: '', keywords: [], exclusions: [], weight: 0 }],
});
const TEXT =
  'Our expertise:\n- Hydrogen storage in caverns\n- Additive manufacturing of metals\n- Medical imaging with machine learning';
const START = '/institutes/young/start';

describe('the first visit', () => {
  let config: ReturnType<typeof configWith>;
  let server: TestApp;
  let officer: Somebody;
  beforeEach(async () => {
    config = configWith([young, aProfile('shipped')]);
    server = await startApp({}, { working: false, adjust: on(config.dir) });
    officer = await somebody(server, {
      role: 'officer',
      profile: 'young',
      name: 'Olga',
      email: 'olga@example.org',
      language: 'fr',
    });
    const titles = [
      'Hydrogen storage in salt caverns',
      'Additive manufacturing of metals',
      'Machine learning for medical imaging',
      'Music of the past',
    ];
    await storeCalls(
      server.app,
      titles.map((title, i) => aCall(`c${i}`, { title })),
    );
  });
  afterEach(async () => {
    await server?.stop();
    config.remove();
  });

  const fieldsOf = (html: string): Record<string, string> =>
    Object.fromEntries(
      load(html)('main form')
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    );
  const content = async (id = 'young') => (await api(server.url, `/v1/profiles/${id}`)).body;
  const step = (html: string) => load(html)('[aria-current=step]').text();

  it('goes from who one is to the first calls, and saves once, at the end of the second step', async () => {
    const profile = await officer.get('/institutes/young/profile');
    const who = await officer.get(load(profile.body)('.notice:not(.no-recipients) a').attr('href')!);
    expect(step(who.body)).toBe('1. Qui vous êtes');
    expect(load(who.body)('label').text()).toContain('olga@example.org');
    const what = await officer.get(
      `${START}/profile?${new URLSearchParams({ ...fieldsOf(who.body), name: 'Carnot Jeune', contact: 'me' }).toString()}`,
    );
    expect(step(what.body)).toBe('2. Ce que vous faites');
    expect(load(what.body)('.competence')).toHaveLength(0);
    const drafted = await officer.post(`${START}/profile`, {
      ...fieldsOf(what.body),
      text: TEXT,
      action: 'draft',
    });
    const $ = load(drafted.body);
    expect(drafted.status).toBe(200);
    expect(
      $('.competence [id$=".label"]')
        .map((_, e) => $(e).val())
        .get(),
    ).toEqual([
      'Hydrogen storage in caverns',
      'Additive manufacturing of metals',
      'Medical imaging with machine learning',
    ]);
    expect($('#text').val()).toBe(TEXT);
    expect((await content()).version).toBe(1);
    const corrected = { ...fieldsOf(drafted.body), 'competences.0.label': 'Hydrogen', action: 'next' };
    expect(await officer.post(`${START}/profile`, corrected)).toMatchObject({
      status: 303,
      location: `${START}/matches`,
    });
    expect(await content()).toMatchObject({
      name: 'Carnot Jeune',
      // Who has gone through it has confirmed it.
      confirmed: true,
      contacts: [{ name: 'Olga', email: 'olga@example.org', language: 'fr' }],
      competences: [{ label: 'Hydrogen', weight: 1 }, {}, {}],
    });
    // A call open to all subjects matches nobody.
    await storeCalls(
      server.app,
      [aCall('erc', { title: 'Hydrogen storage in caverns', identifier: 'ERC-2031-STG' })],
      'second',
    );
    const matches = await officer.get(`${START}/matches`);
    expect(step(matches.body)).toBe('3. Vos premiers appels');
    const found = load(matches.body)('.best h2')
      .map((_, e) => load(e).text())
      .get();
    expect(found.sort()).toEqual([
      'Additive manufacturing of metals',
      'Hydrogen storage in salt caverns',
      'Machine learning for medical imaging',
    ]);
    expect(load(matches.body)('main a[href="/institutes/young/inbox"]')).toHaveLength(1);
  });

  it('offers the language in which they were invited, until the institute has confirmed its profile', async () => {
    const english = await somebody(server, { role: 'officer', profile: 'young', language: 'en' });
    const offered = async () => load((await english.get(START)).body)('#language option[selected]').val();
    expect((await content()).language).toBe('fr');
    expect(await offered()).toBe('en');
    await api(server.url, '/v1/profiles/young', {
      method: 'PUT',
      body: { ...(await content()), confirmed: true },
    });
    expect(await offered()).toBe('fr');
  });

  it('loses nothing on the way back, and takes no address that was not ticked', async () => {
    const what = await officer.get(`${START}/profile?name=Another+name&language=en`);
    const back = load(what.body)('.step-end a').attr('href')!;
    const $ = load((await officer.get(back)).body);
    expect([
      $('#name').val(),
      $('#language option[selected]').val(),
      $('[name=contact]').attr('checked'),
    ]).toEqual(['Another name', 'en', undefined]);
    await officer.post(`${START}/profile`, {
      ...fieldsOf(what.body),
      'competences.0.label': 'Hydrogen storage',
      'competences.0.keywords': 'hydrogen storage',
      action: 'next',
    });
    expect(await content()).toMatchObject({ name: 'Another name', language: 'en', contacts: [] });
    // Nor as one of the institute's people, who follow it unless they decline.
    expect(
      await server.app
        .get(DataSource)
        .query(
          "SELECT f.left_at IS NULL AS follows FROM follow f JOIN recipient r ON r.id = f.recipient_id WHERE r.address = 'olga@example.org'",
        ),
    ).toEqual([{ follows: false }]);
  });

  it("goes on where Enter is pressed in a field, which presses the form's first button, and drafts nothing over corrections", async () => {
    const $ = load(
      (
        await officer.post(`${START}/profile`, {
          name: 'Young',
          language: 'fr',
          version: '1',
          text: TEXT,
          action: 'draft',
        })
      ).body,
    );
    const first = $('form[action$="/profile"] button[type=submit]').first();
    const pressed = first.attr('name') === undefined ? {} : { [first.attr('name')!]: first.attr('value')! };
    const sent = Object.fromEntries(
      $('main form')
        .serializeArray()
        .map(({ name, value }) => [name, value]),
    );
    expect(
      (await officer.post(`${START}/profile`, { ...sent, 'competences.0.label': 'Corrected', ...pressed }))
        .location,
    ).toBe(`${START}/matches`);
    expect((await content()).competences[0].label).toBe('Corrected');
  });

  it('takes a text within its limit, whose line ends a browser sends as two characters', async () => {
    const long = `${TEXT}\n`.padEnd(20_000, 'x\n').slice(0, 19_999).replaceAll('\n', '\r\n');
    expect(
      (
        await officer.post(`${START}/profile`, {
          name: 'Young',
          language: 'fr',
          text: `${long}x`,
          action: 'draft',
        })
      ).status,
    ).toBe(200);
  });

  it('goes on with the shipped profile where there is one, all of which is kept', async () => {
    const other = await somebody(server, { role: 'officer', profile: 'shipped' });
    const before = await content('shipped');
    const what = await other.get('/institutes/shipped/start/profile');
    expect(load(what.body)('.competence')).toHaveLength(1);
    await other.post('/institutes/shipped/start/profile', {
      ...fieldsOf(what.body),
      contact: '',
      action: 'next',
    });
    expect((await content('shipped')).competences).toEqual(before.competences);
  });

  it('adds drafted competences behind those that are there', async () => {
    const drafted = await officer.post(`${START}/profile`, {
      name: 'Young',
      language: 'fr',
      version: '1',
      text: TEXT,
      'competences.0.label': 'Own',
      action: 'draft-more',
    });
    expect(load(drafted.body)('.competence')).toHaveLength(4);
  });

  it('says what is missing, with everything that was typed', async () => {
    expect((await officer.get(`${START}/profile?name=x&language=fr`)).status).toBe(422);
    const short = await officer.post(`${START}/profile`, {
      name: 'Young',
      language: 'fr',
      text: 'short',
      action: 'draft',
    });
    expect({ status: short.status, error: load(short.body)('#text-error').text() }).toEqual({
      status: 422,
      error: expect.stringContaining('20'),
    });
    const nothing = await officer.post(`${START}/profile`, {
      name: 'Young',
      language: 'fr',
      text: 'We are a great team with many partners.',
      action: 'draft',
    });
    expect(load(nothing.body)('[role=status]').text()).toContain('Aucun sujet');
    const wrong = await officer.post(`${START}/profile`, {
      name: 'Young',
      language: 'fr',
      version: '1',
      'competences.0.label': 'x',
      'competences.0.keywords': 'hydrogen',
      action: 'next',
    });
    expect({ status: wrong.status, kept: load(wrong.body)('[id="competences.0.keywords"]').val() }).toEqual({
      status: 422,
      kept: 'hydrogen',
    });
    expect((await content()).version).toBe(1);
  });

  it('overwrites nobody who saved meanwhile without saying so', async () => {
    await api(server.url, '/v1/profiles/young', {
      method: 'PUT',
      body: { ...(await content()), name: 'By another' },
    });
    const stale = await officer.post(`${START}/profile`, {
      name: 'Young',
      language: 'fr',
      version: '1',
      'competences.0.label': 'Mine',
      action: 'next',
    });
    expect(stale.status).toBe(409);
    expect((await officer.post(`${START}/profile`, { ...fieldsOf(stale.body), action: 'next' })).status).toBe(
      303,
    );
  });

  it('says that nobody receives e-mails only where nobody does: who follows the institute does without being its contact', async () => {
    const next = async () =>
      load((await officer.get(`${START}/matches`)).body)('#next-title')
        .parent()
        .find('li')
        .eq(1)
        .text();
    // Who has signed in follows their institute until they decline.
    expect(await next()).toContain('Un premier e-mail');
    for (const following of ['yes', 'no'])
      await officer.post('/account/follows/profile/young', { following });
    expect(await next()).toContain('Personne ne reçoit d’e-mails');
    await officer.post('/account/follows/profile/young', { following: 'yes' });
    expect((await content()).contacts).toEqual([]);
    expect(await next()).toContain('Un premier e-mail');
    await server.app
      .get(DataSource)
      .query(`UPDATE recipient SET stopped_at = now(), stopped_why = 'unsubscribed'`);
    expect(await next()).toContain('Personne ne reçoit d’e-mails');
  });

  it('tells where nothing fits yet, and is for those who may write', async () => {
    expect(load((await officer.get(`${START}/matches`)).body)('.empty')).toHaveLength(1);
    const reader = await somebody(server, { role: 'reader', profile: 'young' });
    for (const at of [START, `${START}/profile`, `${START}/matches`])
      expect((await reader.get(at)).status).toBe(403);
    expect((await reader.post(`${START}/profile`, {})).status).toBe(403);
  });
});
