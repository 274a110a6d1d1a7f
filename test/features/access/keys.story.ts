import { DataSource } from 'typeorm';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { linkTo } from '../../support/notifications/mails.js';
import { Browser, serviceKey, somebody, type Somebody } from '../../support/access/people.js';

const json =
  (who: Somebody) =>
  async (method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const answer = await who.request(path, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: JSON.parse(answer.body) };
  };

describe('keys for programs', () => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  let server: TestApp;
  let officer: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false, clock });
    officer = await somebody(server, { role: 'officer', profile: 'leti', name: 'Olga' });
  });
  afterAll(() => server?.stop());
  const me = (token: string) => api(server.url, '/v1/me', { token });
  const put = async (token: string) =>
    (await api(server.url, '/v1/me', { method: 'PATCH', body: { name: 'N', language: 'fr' }, token })).status;

  it('are shown once, kept as hashes, and do what their person may within their scope', async () => {
    const made = await json(officer)('POST', '/v1/me/keys', { name: 'Dashboard', scope: 'read', days: 30 });
    expect(made.body).toMatchObject({
      name: 'Dashboard',
      scope: 'read',
      createdBy: 'Olga',
      lastUsedAt: null,
      expiresAt: '2026-06-05T' + made.body.expiresAt.slice(11),
    });
    const { key, id } = made.body;
    expect(key).toMatch(/^ce_[\w-]{43}$/);
    expect((await me(key)).body).toMatchObject({
      kind: 'person',
      name: 'Olga',
      role: 'officer',
      writes: false,
      profile: { id: 'leti' },
    });
    const listed = (await json(officer)('GET', '/v1/me/keys')).body.items.find(
      (k: { id: string }) => k.id === id,
    );
    expect(listed).toMatchObject({ hint: key.slice(0, 7), lastUsedAt: expect.any(String) });
    expect(listed.key).toBeUndefined();
    expect(JSON.stringify(await server.app.get(DataSource).query('SELECT * FROM api_key'))).not.toContain(
      key,
    );
    expect((await api(server.url, '/v1/profiles/brgm', { token: key })).status).toBe(403);
    expect(
      (
        await api(server.url, '/v1/profiles/leti', {
          method: 'PUT',
          body: (await api(server.url, '/v1/profiles/leti')).body,
          token: key,
        })
      ).status,
    ).toBe(403);
  });

  it('end at once where they are revoked, and by themselves', async () => {
    const one = (await json(officer)('POST', '/v1/me/keys', { name: 'One' })).body;
    const two = (await json(officer)('POST', '/v1/me/keys', { name: 'Two', days: 2 })).body;
    expect((await json(officer)('DELETE', `/v1/me/keys/${one.id}`)).status).toBe(200);
    expect([(await me(one.key)).status, (await me(two.key)).status]).toEqual([401, 200]);
    clock.move({ days: 2 });
    expect((await me(two.key)).status).toBe(401);
    await officer.signInAgain();
    expect((await json(officer)('DELETE', `/v1/me/keys/${one.id}`)).status).toBe(404);
  });

  it("are nobody else's to see or revoke", async () => {
    const { id, key } = (await json(officer)('POST', '/v1/me/keys', { name: 'Mine' })).body;
    const colleague = await somebody(server, { role: 'officer', profile: 'leti' });
    expect((await json(colleague)('DELETE', `/v1/me/keys/${id}`)).status).toBe(404);
    expect((await json(colleague)('DELETE', `/v1/profiles/leti/keys/${id}`)).status).toBe(404);
    expect((await json(colleague)('GET', '/v1/me/keys')).body.items).toEqual([]);
    expect((await me(key)).status).toBe(200);
  });

  it('are at most twenty of one owner, however many are made at once, and a revoked one makes room', async () => {
    const eager = await somebody(server, { role: 'officer', profile: 'brgm', language: 'fr' });
    for (const path of ['/v1/me/keys', '/v1/profiles/brgm/keys']) {
      const make = () => json(eager)('POST', path, { name: 'Again' });
      const answers = await Promise.all(Array.from({ length: 25 }, make));
      expect(answers.map(({ status }) => status).sort()).toEqual([
        ...Array<number>(20).fill(200),
        ...Array<number>(5).fill(409),
      ]);
      expect((await make()).body.detail).toBe('You already have 20 keys. Revoke one first.');
      const page = path.includes('me') ? '/account/keys' : '/institutes/brgm/keys';
      const refused = await eager.post(page, { name: 'One more', scope: 'read', days: '30' });
      expect([refused.status, refused.body]).toEqual([
        422,
        expect.stringContaining('Vous avez déjà 20 clés. Révoquez-en une d’abord.'),
      ]);
      const { id } = answers.find(({ status }) => status === 200)!.body;
      expect((await json(eager)('DELETE', `${path}/${id}`)).status).toBe(200);
      expect((await make()).status).toBe(200);
    }
  });

  it('of a reader read only', async () => {
    const reader = await somebody(server, { role: 'reader', profile: 'leti' });
    expect((await json(reader)('POST', '/v1/me/keys', { name: 'W', scope: 'write' })).status).toBe(403);
    expect(
      (await me((await json(reader)('POST', '/v1/me/keys', { name: 'R' })).body.key)).body,
    ).toMatchObject({ role: 'reader', writes: false });
    expect((await json(reader)('GET', '/v1/profiles/leti/keys')).status).toBe(403);
  });

  it('make no keys, end none, and change nothing about their person', async () => {
    const key = await officer.key('write');
    const service = await serviceKey(server, 'write', 'leti');
    for (const [token, path] of [
      [key, '/v1/me/keys'],
      [key, '/v1/profiles/leti/keys'],
      [service, '/v1/profiles/leti/keys'],
      [service, '/v1/me/keys'],
      [await serviceKey(server, 'write'), '/v1/keys'],
    ] as const) {
      expect((await api(server.url, path, { method: 'POST', body: { name: 'X' }, token })).status).toBe(403);
    }
    expect([await put(key), await put(service)]).toEqual([403, 403]);
  });

  it("of an institute's services are its officers' to make; the network has no part in them, and keys of its own", async () => {
    const coordinator = await somebody(server, { role: 'coordinator' });
    const made = await json(officer)('POST', '/v1/profiles/leti/keys', { name: 'Intranet', scope: 'write' });
    expect((await me(made.body.key)).body).toMatchObject({
      kind: 'service',
      role: 'service',
      name: 'Intranet',
      writes: true,
      profile: { id: 'leti', name: 'Carnot CEA-Leti' },
    });
    expect((await json(coordinator)('GET', '/v1/profiles/leti/keys')).status).toBe(403);
    expect((await api(server.url, '/v1/profiles/leti/keys', { token: TOKEN })).status).toBe(403);
    const network = await json(coordinator)('POST', '/v1/keys', { name: 'Statistics' });
    expect((await me(network.body.key)).body).toMatchObject({
      kind: 'service',
      writes: false,
      profile: null,
    });
    expect((await json(officer)('GET', '/v1/keys')).status).toBe(403);
    expect(
      (await api(server.url, '/v1/keys', { method: 'POST', body: { name: 'Backup' }, token: TOKEN })).status,
    ).toBe(200);
  });

  it('are refused with the field that is wrong', async () => {
    const other = await somebody(server, { role: 'officer', profile: 'brgm' });
    const { status, body } = await json(other)('POST', '/v1/me/keys', { name: ' ', scope: 'all', days: 367 });
    expect([status, body.errors.map((e: { path: string }) => e.path).sort()]).toEqual([
      400,
      ['days', 'name', 'scope'],
    ]);
  });
});

describe('where one is signed in', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
  });
  afterAll(() => server?.stop());

  it('is seen, and ended from elsewhere', async () => {
    const me = await somebody(server, { role: 'officer', profile: 'leti', email: 'me@leti.test' });
    const others = [new Browser(server.url), new Browser(server.url)];
    for (const b of others) {
      await b.post('/sign-in', { email: 'me@leti.test' });
      await b.request(await linkTo(server, 'me@leti.test'), {
        method: 'POST',
        headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' },
      });
    }
    const sessions = (await json(me)('GET', '/v1/me/sessions')).body.items;
    expect(sessions.map((s: { current: boolean }) => s.current).filter(Boolean)).toHaveLength(1);
    expect(sessions).toHaveLength(3);
    const stranger = await somebody(server, { role: 'officer', profile: 'leti' });
    const other = sessions.find((s: { current: boolean }) => !s.current);
    expect((await stranger.post(`/account/sessions/${other.id}/revoke`)).status).toBe(404);
    expect((await me.post(`/account/sessions/${other.id}/revoke`)).status).toBe(303);
    expect((await Promise.all(others.map((b) => b.get('/v1/me')))).map((r) => r.status).sort()).toEqual([
      200, 401,
    ]);
    expect((await me.post('/account/sessions/revoke-others')).status).toBe(303);
    expect((await Promise.all(others.map((b) => b.get('/v1/me')))).map((r) => r.status)).toEqual([401, 401]);
    expect((await stranger.get('/v1/me')).status).toBe(200);
  });

  it('has one session of a colleague ended by who leads there, and by nobody else', async () => {
    const at = { profile: 'mines' };
    const [officer, reader] = [
      await somebody(server, { role: 'officer', ...at }),
      await somebody(server, { role: 'reader', ...at, name: 'Rita' }),
    ];
    const [coordinator, stranger] = [
      await somebody(server, { role: 'coordinator' }),
      await somebody(server, { role: 'officer', profile: 'leti' }),
    ];
    const left = reader.cookie;
    await reader.signInAgain();
    const sessions = (await api(server.url, '/v1/me/sessions', { token: { cookie: left } })).body.items;
    const { id } = sessions.find((s: any) => s.current);
    const path = `team/${reader.person.id}/sessions/${id}/revoke`;
    expect((await officer.get('/institutes/mines/team')).body).toContain(
      `action="/institutes/mines/${path}"`,
    );
    for (const by of [reader, coordinator, stranger])
      expect((await by.get('/institutes/mines/team')).body).not.toContain(path);
    for (const by of [reader, coordinator, stranger])
      expect((await by.post(`/institutes/mines/${path}`)).status).toBe(403);
    expect((await stranger.post(`/institutes/leti/${path}`)).status).toBe(404);
    expect((await coordinator.post(`/coordinators/${reader.person.id}/sessions/${id}/revoke`)).status).toBe(
      404,
    );
    expect((await officer.post(`/institutes/mines/${path}`)).location).toBe('/institutes/mines/team');
    expect([
      (await api(server.url, '/v1/me', { token: { cookie: left } })).status,
      (await api(server.url, '/v1/me', { token: reader })).status,
    ]).toEqual([401, 200]);
    expect((await officer.post(`/institutes/mines/${path}`)).status).toBe(404);
    const other = await somebody(server, { role: 'coordinator' });
    const [theirs] = (await api(server.url, '/v1/me/sessions', { token: other })).body.items;
    const end = `/coordinators/${other.person.id}/sessions/${theirs.id}/revoke`;
    expect((await coordinator.get('/coordinators')).body).toContain(`action="${end}"`);
    expect((await coordinator.post(end)).location).toBe('/coordinators');
    expect((await api(server.url, '/v1/me', { token: other })).status).toBe(401);
  });
});
