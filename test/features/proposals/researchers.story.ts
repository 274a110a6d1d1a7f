import { DataSource } from 'typeorm';
import { MOST_RESEARCHERS } from '../../../src/proposals/researchers.js';
import { api } from '../../support/app.js';
import { serviceKey, somebody } from '../../support/access/people.js';
import { MATERIALS, OTHER_INSTITUTE, PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';

let p: Proposing;
beforeAll(async () => {
  p = await Proposing.start();
});
afterAll(() => p?.stop());

const marie = {
  name: 'Marie Martin',
  email: 'Marie.Martin@Lab.example',
  language: 'fr',
  competences: [WIND],
};

describe('the people behind competences', () => {
  it('are added, listed by name in pages, changed and taken off', async () => {
    const { status, body: made } = await p.call('/researchers', { method: 'POST', body: marie });
    expect({ status, made }).toEqual({
      status: 200,
      made: {
        ...marie,
        email: 'marie.martin@lab.example',
        id: expect.any(String),
        gone: [],
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      },
    });
    await p.researcher('Zoe Zimmer', [MATERIALS]);
    await p.researcher('Adam Abel', []);
    const { body: first } = await p.call('/researchers?limit=2');
    expect({ ...first, items: first.items.map((r: any) => r.name) }).toMatchObject({
      total: 3,
      items: ['Adam Abel', 'Marie Martin'],
    });
    expect((await p.call(`/researchers?limit=2&cursor=${first.next}`)).body).toMatchObject({
      next: null,
      items: [{ name: 'Zoe Zimmer' }],
    });
    const changed = await p.call(`/researchers/${made.id}`, {
      method: 'PUT',
      body: { ...marie, name: 'Marie Durand', competences: [WIND, MATERIALS] },
    });
    expect(changed.body).toMatchObject({ id: made.id, name: 'Marie Durand', competences: [WIND, MATERIALS] });
    expect((await p.call(`/researchers/${made.id}`, { method: 'DELETE' })).body.name).toBe('Marie Durand');
    expect((await p.call('/researchers')).body.total).toBe(2);
    expect((await p.call(`/researchers/${made.id}`, { method: 'PUT', body: marie })).status).toBe(404);
  });

  it('are refused with the path of what is wrong', async () => {
    const { status, body } = await p.call('/researchers', {
      method: 'POST',
      body: { ...marie, competences: [WIND, 'Wind energie'] },
    });
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [
        {
          path: 'competences[1]',
          code: 'not-a-competence',
          message: 'is not a competence of the profile',
        },
      ],
    });
    const wrong = await p.call('/researchers', {
      method: 'POST',
      body: { ...marie, email: 'nowhere', language: 'de', phone: '1' },
    });
    expect(wrong.body.errors.map((e: any) => e.path).sort()).toEqual(['email', 'language', 'phone']);
  });

  it('have an address each: nobody is listed twice, whatever the case of its letters', async () => {
    await p.researcher('Ada One', [WIND]);
    const other = await p.researcher('Bea Two', [WIND]);
    const taken = { name: 'X', email: 'ADA.one@lab.example', language: 'en' };
    expect((await p.call('/researchers', { method: 'POST', body: taken })).status).toBe(409);
    expect((await p.call(`/researchers/${other}`, { method: 'PUT', body: taken })).status).toBe(409);
  });

  it('have an address each, also where two take the same one at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ids = await Promise.all([1, 2, 3].map((i) => p.researcher(`Race ${round} ${i}`, [WIND])));
      const same = { name: 'Same', email: `same${round}@lab.example`, language: 'en' };
      const answers = await Promise.all(
        ids.map((id) => p.call(`/researchers/${id}`, { method: 'PUT', body: same })),
      );
      expect(answers.map((a) => a.status).sort()).toEqual([200, 409, 409]);
    }
  });

  it('are told apart where their competence is not in the profile any more', async () => {
    const id = await p.researcher('Leo Lost', [MATERIALS, WIND]);
    const { body: profile } = await api(p.test.url, `/v1/profiles/${PROFILE.id}`);
    const without = profile.competences.filter((c: any) => c.label !== MATERIALS);
    await api(p.test.url, `/v1/profiles/${PROFILE.id}`, {
      method: 'PUT',
      body: { ...profile, competences: without },
    });
    const { body } = await p.call('/researchers');
    expect(body.items.find((r: any) => r.id === id)).toMatchObject({
      gone: [MATERIALS],
      competences: [MATERIALS, WIND],
    });
    await api(p.test.url, `/v1/profiles/${PROFILE.id}`, { method: 'PUT', body: profile });
  });

  it('stay behind a competence that goes on under another name', async () => {
    const id = await p.researcher('Rita Renamed', [MATERIALS, WIND]);
    const { body: profile } = await api(p.test.url, `/v1/profiles/${PROFILE.id}`);
    const named = (names: Record<string, string>) => ({
      ...profile,
      competences: profile.competences.map((c: any) => ({ ...c, label: names[c.label] ?? c.label })),
    });
    const after = async (body: any) => {
      expect((await api(p.test.url, `/v1/profiles/${PROFILE.id}`, { method: 'PUT', body })).status).toBe(200);
      return (await p.call('/researchers')).body.items.find((r: any) => r.id === id);
    };
    expect(await after(named({ [WIND]: 'Énergie éolienne' }))).toMatchObject({
      gone: [],
      competences: [MATERIALS, 'Énergie éolienne'],
    });
    expect(await after(named({}))).toMatchObject({ gone: [], competences: [MATERIALS, WIND] });
  });

  it('are shown and changed inside the institute alone', async () => {
    const id = await p.researcher('Ina Inside', [WIND]);
    const strangers = [
      null,
      await (await somebody(p.test, { role: 'coordinator' })).key('write'),
      await serviceKey(p.test, 'write'),
      await (await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE })).key('write'),
    ];
    for (const token of strangers) {
      const refused = [
        await p.call('/researchers', { token }),
        await p.call('/researchers', { token, method: 'POST', body: marie }),
        await p.call(`/researchers/${id}`, { token, method: 'PUT', body: marie }),
        await p.call(`/researchers/${id}`, { token, method: 'DELETE' }),
      ];
      expect(refused.map((r) => r.status)).toEqual([403, 403, 403, 403]);
      expect(JSON.stringify(refused)).not.toContain('Ina');
    }
  });

  it('are read by a reader and changed by an officer', async () => {
    const token = await (await somebody(p.test, { role: 'reader', profile: PROFILE.id })).key('read');
    expect((await p.call('/researchers', { token })).status).toBe(200);
    expect((await p.call('/researchers', { token, method: 'POST', body: marie })).status).toBe(403);
  });

  it('of another institute are as if they were not there', async () => {
    const theirs = await (await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE })).key('write');
    const mine = await p.researcher('Mia Mine', [WIND]);
    const at = `/v1/profiles/${OTHER_INSTITUTE}/researchers/${mine}`;
    expect((await api(p.test.url, at, { token: theirs, method: 'DELETE' })).status).toBe(404);
    expect(
      (await api(p.test.url, at, { token: theirs, method: 'PUT', body: { ...marie, competences: [] } }))
        .status,
    ).toBe(404);
    expect((await p.call('/researchers')).body.items.map((r: any) => r.name)).toContain('Mia Mine');
  });

  it('are so many at most, however they are added; who is on the list already still gets a competence', async () => {
    const kept = await p.researcher('Lea Last', []);
    await p.test.app.get(DataSource).query(
      `INSERT INTO researcher (id, profile_id, name, name_since, email, language, competences, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 'R ' || i, now(), 'r' || i || '@full.example', 'fr', '{}', now(), now()
       FROM generate_series(1, $2 - (SELECT count(*) FROM researcher WHERE profile_id = $1)) AS i`,
      [PROFILE.id, MOST_RESEARCHERS],
    );
    const refused = await p.call('/researchers', {
      method: 'POST',
      body: { ...marie, email: 'one@more.example' },
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'most-researchers']);
    const paste = (lines: string) => p.officer.post(`/institutes/${PROFILE.id}/people/paste`, { lines });
    expect((await paste('One More <one@more.example>')).status).toBe(409);
    const known = (await p.call(`/researchers?limit=100`)).body.items.find((r: any) => r.id === kept);
    expect((await paste(`Lea Last <${known.email}>; ${WIND}`)).status).toBe(303);
  });
});
