import type { Profile } from '../../../src/profiles/domain/profile.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

type View = Profile & {
  revision: number;
  editedAt: string | null;
  updatedAt: string;
  matched: boolean;
  file: { conflict: Profile | null } | null;
};

const full = aProfile('whole', {
  language: 'en',
  confirmed: true,
  competences: [
    {
      label: 'Wind',
      description: 'Turbines',
      keywords: ['wind turbine', 'éolienne'],
      exclusions: ['wind instrument'],
      weight: 1.5,
    },
    { label: 'Sun', description: '', keywords: [], exclusions: [], weight: 0 },
  ],
  contacts: [{ name: 'Anne', email: 'anne@example.org', language: 'fr' }],
});

describe('profiles', () => {
  const config = configWith([full, aProfile('other')]);
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false, adjust: on(config.dir) });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const get = async (id: string): Promise<View> => (await api<View>(server.url, `/v1/profiles/${id}`)).body;
  const put = (id: string, body: unknown) => api(server.url, `/v1/profiles/${id}`, { method: 'PUT', body });
  const content = (view: View) => Object.fromEntries(Object.entries(view).filter(([key]) => key in full));

  it('are those of the files at first', async () => {
    const { body } = await api(server.url, '/v1/profiles');
    expect(body).toMatchObject({ total: 2, next: null, items: [{ id: 'other' }, { id: 'whole' }] });
    const seen = await get('whole');
    expect(content(seen)).toEqual(full);
    expect(seen).toMatchObject({ revision: 1, editedAt: null, file: { conflict: null }, matched: false });
  });

  it('are the same after what GET gave was given back', async () => {
    for (const id of ['whole', 'other']) {
      const before = await get(id);
      const { status, body } = await put(id, before);
      expect({ status, body }).toEqual({ status: 200, body: { ...before, warnings: [] } });
      expect(await get(id)).toEqual(before);
    }
  });

  it('ignore what is given for the fields that only the server writes', async () => {
    const before = await get('whole');
    const { status, body } = await put('whole', {
      ...before,
      revision: 99,
      editedAt: 'never',
      updatedAt: null,
      matched: [],
      file: { conflict: 1 },
    });
    expect({ status, body }).toEqual({ status: 200, body: { ...before, warnings: [] } });
  });

  it('have their revision moved on by a change of what matches depend on alone', async () => {
    const before = await get('whole');
    const contacts = [...before.contacts, { name: 'Bob', email: 'bob@example.org', language: 'en' }];
    const preferences = { ...before.preferences, minLeadDays: 45 };
    const { body: told } = await put('whole', { ...before, confirmed: false, contacts, preferences });
    expect(told).toMatchObject({
      contacts,
      revision: before.revision,
      editedAt: expect.any(String),
    });
    expect(Date.parse(told.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    const { body: changed } = await put('whole', {
      ...told,
      competences: [{ ...told.competences[0], weight: 2 }],
    });
    expect(changed).toMatchObject({
      revision: before.revision + 1,
      matched: false,
      competences: [{ weight: 2 }],
    });
    const { body: back } = await put('whole', { ...changed, competences: before.competences });
    expect(back.revision).toBe(before.revision + 2);
    for (const [i, asked] of [
      { name: 'Another name' },
      { language: 'fr' },
      { vocabulary: { 'pile à plat': 'flat cell' } },
      { preferences: { ...preferences, answersAs: ['funders'] } },
    ].entries()) {
      const { body } = await put('whole', { ...(await get('whole')), ...asked });
      expect(body.revision).toBe(back.revision + i + 1);
    }
    await put('whole', { ...back, language: 'fr' });
    expect(content(await get('whole'))).toEqual({
      ...full,
      language: 'fr',
      confirmed: false,
      contacts,
    });
  });

  it('are filled up with the defaults where a field is left out', async () => {
    const { status, body } = await put('other', {
      id: 'other',
      name: ' Short ',
      competences: [{ label: 'Wind' }],
      contacts: [{ name: 'C', email: 'c@example.org' }],
    });
    expect(status).toBe(200);
    expect(content(body)).toEqual({
      id: 'other',
      name: 'Short',
      language: 'fr',
      confirmed: false,
      contacts: [{ name: 'C', email: 'c@example.org' }],
      competences: [{ label: 'Wind', description: '', keywords: [], exclusions: [], weight: 1 }],
    });
  });

  it('keep any text that can be stored, whole', async () => {
    const text = 'é 中文 😀 \u202e \u0001 " \' \\ </script> {{x}} $1 :q %s';
    const before = await get('other');
    const { status } = await put('other', {
      ...before,
      name: text,
      competences: [{ label: text, description: text, keywords: [text] }],
    });
    expect(status).toBe(200);
    expect(await get('other')).toMatchObject({
      name: text,
      competences: [{ label: text, description: text, keywords: [text] }],
    });
  });

  it('stay whole when many write them at once', async () => {
    const before = await get('other');
    const labels = Array.from({ length: 20 }, (_, i) => `Competence ${i}`);
    const answers = await Promise.all(
      labels.map((label) =>
        put('other', { ...before, name: label, competences: [{ label, keywords: [label] }] }),
      ),
    );
    expect(answers.map((a) => a.status)).toEqual(labels.map(() => 200));
    answers.forEach(({ body }, i) =>
      expect(body).toMatchObject({
        name: labels[i],
        competences: [{ label: labels[i], keywords: [labels[i]] }],
      }),
    );
    // No change is lost: each has its own revision, and the last one wins.
    expect(answers.map(({ body }) => body.revision).sort((a, b) => a - b)).toEqual(
      labels.map((_, i) => before.revision + 1 + i),
    );
    const last = answers.find(({ body }) => body.revision === before.revision + labels.length)!.body;
    expect({ ...(await get('other')), warnings: [] }).toEqual(last);
  });

  it('that are not there are 404, and are not made', async () => {
    for (const id of ['nobody', 'WHOLE', 'whole%20', '..%2fwhole', "'", '%F0%9F%98%80', 'a'.repeat(1_000)]) {
      expect({ id, status: (await api(server.url, `/v1/profiles/${id}`)).status }).toEqual({
        id,
        status: 404,
      });
    }
    expect((await put('nobody', aProfile('nobody'))).status).toBe(404);
    expect((await api(server.url, '/v1/profiles')).body.total).toBe(2);
  });
});
