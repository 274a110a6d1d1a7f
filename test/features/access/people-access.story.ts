import { DataSource } from 'typeorm';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { mailsTo, linkTo } from '../../support/notifications/mails.js';
import { Browser, serviceKey, somebody, type Somebody } from '../../support/access/people.js';

/** Sends API requests as a signed-in person: JSON in, JSON out. */
const as =
  (who: Browser) =>
  async (method: string, path: string, body?: unknown): Promise<{ status: number; body: any }> => {
    const headers = {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const answer = await who.request(path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: JSON.parse(answer.body) };
  };

describe('the people of an institute', () => {
  let server: TestApp;
  let officer: Somebody;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    officer = await somebody(server, { role: 'officer', profile: 'leti', name: 'Olga' });
    coordinator = await somebody(server, { role: 'coordinator', name: 'Coco' });
  });
  afterAll(() => server?.stop());

  it('are invited by its officer, get a mail in their language, and come in by its button', async () => {
    const { status, body } = await as(officer)('POST', '/v1/profiles/leti/people', {
      name: 'Rémi',
      email: 'Remi@Leti.test',
      role: 'reader',
      language: 'fr',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Rémi',
      email: 'remi@leti.test',
      role: 'reader',
      invitedBy: 'Olga',
      lastSeenAt: null,
    });
    expect((await mailsTo(server, 'remi@leti.test'))[0]).toMatchObject({
      kind: 'invitation',
      subject: 'Olga vous invite sur Carnot Europe',
    });
    const reader = new Browser(server.url);
    expect((await reader.post(await linkTo(server, 'remi@leti.test'))).location).toBe(
      '/institutes/leti/inbox',
    );
    const list = (await as(reader)('GET', '/v1/profiles/leti/people')).body.items;
    expect(list.find((p: { id: string }) => p.id === body.id).lastSeenAt).not.toBeNull();
  });

  it('are mailed again where they are invited again, and stay as they are', async () => {
    await as(officer)('POST', '/v1/profiles/leti/people', {
      name: 'Ana',
      email: 'ana@leti.test',
      role: 'reader',
    });
    const again = await as(officer)('POST', '/v1/profiles/leti/people', {
      name: 'Other',
      email: 'ANA@leti.test',
      role: 'officer',
    });
    expect([again.status, again.body.name, again.body.role]).toEqual([200, 'Ana', 'reader']);
    expect(await mailsTo(server, 'ana@leti.test')).toHaveLength(2);
  });

  it('are nobody of elsewhere, and it is not said of where', async () => {
    await somebody(server, { role: 'reader', profile: 'brgm', email: 'elsewhere@brgm.test' });
    for (const email of ['elsewhere@brgm.test', coordinator.person.email]) {
      const { status, body } = await as(officer)('POST', '/v1/profiles/leti/people', { name: 'X', email });
      expect(status).toBe(409);
      expect(JSON.stringify(body)).not.toMatch(/brgm|coco/i);
      expect(await mailsTo(server, email)).toEqual([]);
    }
  });

  it('are seen and changed by nobody of another institute, and not changed by a reader or a key that reads', async () => {
    const other = await somebody(server, { role: 'officer', profile: 'brgm' });
    const reader = await somebody(server, { role: 'reader', profile: 'leti' });
    const invitation = { name: 'X', email: 'x@leti.test' };
    for (const [method, path, body] of [
      ['GET', ''],
      ['POST', '', invitation],
      ['PATCH', `/${reader.person.id}`, { role: 'officer' }],
      ['DELETE', `/${reader.person.id}`],
    ] as const) {
      expect((await as(other)(method, `/v1/profiles/leti/people${path}`, body)).status).toBe(403);
      if (method === 'GET') continue;
      expect((await as(reader)(method, `/v1/profiles/leti/people${path}`, body)).status).toBe(403);
      for (const token of [
        await officer.key('read'),
        await reader.key('write'),
        await serviceKey(server, 'write', 'leti'),
      ]) {
        expect(
          (await api(server.url, `/v1/profiles/leti/people${path}`, { method, body, token })).status,
        ).toBe(403);
      }
    }
    // People of another institute are unknown under this institute's address.
    expect(
      (await as(other)('PATCH', `/v1/profiles/brgm/people/${reader.person.id}`, { role: 'officer' })).status,
    ).toBe(404);
    expect(await mailsTo(server, 'x@leti.test')).toEqual([]);
    expect((await as(reader)('GET', '/v1/me')).body).toMatchObject({ role: 'reader', writes: false });
  });

  it('lose everything at the moment in which they are removed, and come back as themselves', async () => {
    const gone = await somebody(server, { role: 'reader', profile: 'leti', email: 'gone@leti.test' });
    const key = await gone.key('read');
    await as(officer)('POST', '/v1/profiles/leti/people', { name: 'G', email: 'gone@leti.test' });
    const link = await linkTo(server, 'gone@leti.test');
    expect((await api(server.url, '/v1/me', { token: key })).status).toBe(200);
    expect((await as(officer)('DELETE', `/v1/profiles/leti/people/${gone.person.id}`)).body).toMatchObject({
      id: gone.person.id,
      ownKeys: ['test read'],
      leavesAt: null,
    });
    const left = await as(officer)('GET', '/v1/profiles/leti/people');
    expect(left.body.items.map((p: { id: string }) => p.id)).not.toContain(gone.person.id);
    expect([
      (await gone.get('/v1/me')).status,
      (await api(server.url, '/v1/me', { token: key })).status,
      (await new Browser(server.url).post(link)).status,
    ]).toEqual([401, 401, 410]);
    const back = await as(officer)('POST', '/v1/profiles/leti/people', {
      name: 'G',
      email: 'gone@leti.test',
      role: 'reader',
    });
    expect(back.body.id).toBe(gone.person.id);
    expect([
      (await gone.get('/v1/me')).status,
      (await api(server.url, '/v1/me', { token: key })).status,
    ]).toEqual([401, 401]);
    expect((await new Browser(server.url).post(await linkTo(server, 'gone@leti.test'))).status).toBe(303);
  });

  it('who come back were invited on the day of their new invitation, by whoever sent it', async () => {
    const back = await somebody(server, { role: 'reader', profile: 'leti', email: 'back@leti.test' });
    await server.app
      .get(DataSource)
      .query("UPDATE person SET created_at = '2024-05-06' WHERE id = $1", [back.person.id]);
    await as(officer)('DELETE', `/v1/profiles/leti/people/${back.person.id}`);
    const { body } = await as(officer)('POST', '/v1/profiles/leti/people', {
      name: 'B',
      email: 'back@leti.test',
    });
    expect(body).toMatchObject({ id: back.person.id, invitedBy: 'Olga', lastSeenAt: null });
    expect(Date.parse(body.createdAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  it('keep their telephone number while they are readers, whose account does not ask for it', async () => {
    const one = await somebody(server, { role: 'officer', profile: 'leti', name: 'Tel' });
    const me = { name: 'Tel', language: 'en' };
    await one.post('/account', { ...me, telephone: '+33 4 76 00 00 00', showsContact: 'true' });
    const path = `/v1/profiles/leti/people/${one.person.id}`;
    await as(officer)('PATCH', path, { role: 'reader' });
    expect((await one.get('/account')).body).not.toContain('name="telephone"');
    expect((await one.post('/account', me)).status).toBe(303);
    await as(officer)('PATCH', path, { role: 'officer' });
    expect((await one.get('/account')).body).toContain('value="+33 4 76 00 00 00"');
  });

  it('keep an officer, also where two remove each other at once, and where the network removes the last', async () => {
    const [a, b] = [
      await somebody(server, { role: 'officer', profile: 'cetim' }),
      await somebody(server, { role: 'officer', profile: 'cetim' }),
    ];
    const path = (who: Somebody) => `/v1/profiles/cetim/people/${who.person.id}`;
    const both = await Promise.all([as(a)('DELETE', path(b)), as(b)('DELETE', path(a))]);
    expect(both.map((r) => r.status)).toContain(200);
    const officers = (await as(coordinator)('GET', '/v1/profiles/cetim/people')).body.items;
    expect(officers).toHaveLength(1);
    const last = officers[0].id === a.person.id ? a : b;
    expect([
      (await as(last)('DELETE', path(last))).status,
      (await as(last)('PATCH', path(last), { role: 'reader' })).status,
    ]).toEqual([409, 409]);
    expect(await as(coordinator)('DELETE', path(last))).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('cli remove-officer') },
    });
    expect((await last.get('/v1/me')).status).toBe(200);
  });

  it('are invited by the network only until there is an officer: nobody lets themselves into an institute', async () => {
    const path = '/v1/profiles/3bcar/people';
    const network = [
      as(coordinator),
      (method: string, to: string, body?: unknown) => api(server.url, to, { method, body, token: TOKEN }),
    ];
    const reader = (await somebody(server, { role: 'reader', profile: '3bcar' })).person;
    const made = await network[1]!('POST', path, {
      name: 'First',
      email: 'first@3bcar.test',
      language: 'en',
    });
    expect(made).toMatchObject({ status: 200, body: { role: 'officer' } });
    for (const ask of network) {
      const refused = [
        await ask('POST', path, { name: 'Me', email: 'me@carnot.test' }),
        await ask('PATCH', `${path}/${reader.id}`, { role: 'officer' }),
      ];
      expect(refused.map((r) => [r.status, r.body.detail])).toEqual(
        Array(2).fill([403, 'The institute has officers: they invite their colleagues.']),
      );
    }
    expect(await mailsTo(server, 'me@carnot.test')).toEqual([]);
    expect((await as(coordinator)('DELETE', `${path}/${made.body.id}`)).status).toBe(200);
    expect((await as(coordinator)('PATCH', `${path}/${reader.id}`, { role: 'officer' })).body).toMatchObject({
      role: 'officer',
    });
  });

  it('are told at which field an invitation is wrong', async () => {
    const { status, body } = await as(officer)('POST', '/v1/profiles/leti/people', {
      name: '',
      email: 'x',
      role: 'coordinator',
      boss: true,
    });
    expect(status).toBe(400);
    expect(body.errors.map((e: { path: string }) => e.path).sort()).toEqual([
      'boss',
      'email',
      'name',
      'role',
    ]);
    expect(
      (await as(coordinator)('POST', '/v1/profiles/nowhere/people', { name: 'X', email: 'x@x.test' })).status,
    ).toBe(404);
  });
});

describe('the network', () => {
  let server: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    coordinator = await somebody(server, { role: 'coordinator', name: 'Coco' });
  });
  afterAll(() => server?.stop());

  it('has coordinators, whom the admin token may invite as well, and keeps one', async () => {
    expect((await as(coordinator)('DELETE', `/v1/coordinators/${coordinator.person.id}`)).status).toBe(409);
    const { body } = await api(server.url, '/v1/coordinators', {
      method: 'POST',
      body: { name: 'New', email: 'new@carnot.test', language: 'en' },
      token: TOKEN,
    });
    expect(body).toMatchObject({ role: 'coordinator', invitedBy: null });
    const entered = new Browser(server.url);
    expect((await entered.post(await linkTo(server, 'new@carnot.test'))).location).toBe('/institutes');
    expect((await as(coordinator)('DELETE', `/v1/coordinators/${body.id}`)).status).toBe(200);
    expect((await entered.get('/v1/me')).status).toBe(401);
    const officer = await somebody(server, { role: 'officer', profile: 'leti' });
    expect((await as(officer)('GET', '/v1/coordinators')).status).toBe(403);
    expect((await as(officer)('POST', '/v1/coordinators', { name: 'X', email: 'x@x.test' })).status).toBe(
      403,
    );
  });

  it('invites an institute, whose first officer begins with the profile, and only the first time', async () => {
    const told = {
      id: 'carnot-new',
      name: 'Carnot New',
      language: 'fr',
      officer: { name: 'Nina', email: 'nina@new.test' },
    };
    expect((await as(coordinator)('POST', '/v1/profiles', told)).body).toMatchObject({
      name: 'Nina',
      role: 'officer',
    });
    expect((await as(coordinator)('GET', '/v1/profiles/carnot-new')).body).toMatchObject({
      name: 'Carnot New',
      confirmed: false,
      competences: [{ label: 'À décrire', weight: 0 }],
    });
    const versions = await server.app
      .get(DataSource)
      .query("SELECT number, origin, by FROM profile_version WHERE profile_id = 'carnot-new'");
    expect(versions).toEqual([{ number: 1, origin: 'edit', by: 'Coco' }]);
    const nina = new Browser(server.url);
    expect((await nina.post(await linkTo(server, 'nina@new.test'))).location).toBe(
      '/institutes/carnot-new/start',
    );
    expect((await nina.get('/')).location).toBe('/institutes/carnot-new/inbox');
    await new Browser(server.url).post('/sign-in', { email: 'nina@new.test' });
    expect((await new Browser(server.url).post(await linkTo(server, 'nina@new.test'))).location).toBe(
      '/institutes/carnot-new/inbox',
    );
  });

  it('invites none twice, and none whose officer is somebody already', async () => {
    const told = { id: 'leti', name: 'Leti again', officer: { name: 'X', email: 'x@leti.test' } };
    expect((await as(coordinator)('POST', '/v1/profiles', told)).status).toBe(409);
    expect(
      (
        await as(coordinator)('POST', '/v1/profiles', {
          ...told,
          id: 'fresh',
          officer: { name: 'X', email: coordinator.person.email },
        })
      ).status,
    ).toBe(409);
    expect((await as(coordinator)('GET', '/v1/profiles/fresh')).status).toBe(404);
    const officer = await somebody(server, { role: 'officer', profile: 'leti' });
    expect((await as(officer)('POST', '/v1/profiles', { ...told, id: 'mine' })).status).toBe(403);
  });

  it('leaves no institute half made where an invitation is not sent', async () => {
    const told = (id: string) => ({
      id,
      name: `Carnot ${id}`,
      officer: { name: 'O', email: 'often@half.test' },
    });
    for (let i = 0; i < 5; i += 1)
      await as(coordinator)('POST', '/v1/coordinators', { name: 'O', email: 'often@half.test' });
    const often = await server.app
      .get(DataSource)
      .query(`DELETE FROM person WHERE email = 'often@half.test'`);
    expect(often[1]).toBe(1);
    expect((await as(coordinator)('POST', '/v1/profiles', told('half'))).status).toBe(429);
    const service = await serviceKey(server, 'write');
    expect(
      (
        await api(server.url, '/v1/profiles', {
          method: 'POST',
          body: { ...told('half'), officer: { name: 'O', email: 'o@half.test' } },
          token: service,
        })
      ).status,
    ).toBe(403);
    expect((await as(coordinator)('GET', '/v1/profiles/half')).status).toBe(404);
    expect(
      (
        await as(coordinator)('POST', '/v1/profiles', {
          ...told('half'),
          officer: { name: 'O', email: 'o@half.test' },
        })
      ).status,
    ).toBe(200);
  });

  it('sees how each institute stands; an institute does not', async () => {
    const reader = await somebody(server, { role: 'reader', profile: 'cetim' });
    const { items } = (await as(coordinator)('GET', '/v1/institutes')).body;
    expect(items.length).toBeGreaterThan(40);
    const paged = (await as(coordinator)('GET', '/v1/institutes?limit=5')).body;
    expect([paged.items.length, paged.total, typeof paged.next]).toEqual([5, items.length, 'string']);
    expect(items.find((i: { id: string }) => i.id === 'cetim')).toMatchObject({
      people: 1,
      officers: 0,
      lastSeenAt: expect.any(String),
      strongMatches: 0,
    });
    expect(items.find((i: { id: string }) => i.id === 'brgm')).toMatchObject({ people: 0, lastSeenAt: null });
    expect((await as(reader)('GET', '/v1/institutes')).status).toBe(403);
  });
});
