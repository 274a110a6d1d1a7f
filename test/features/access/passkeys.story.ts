import { DataSource } from 'typeorm';
import { Passkeys } from '../../../src/access/passkeys/passkeys.js';
import type { Actor } from '../../../src/kernel/actor.js';
import { Unauthorized } from '../../../src/kernel/errors.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import {
  Authenticator,
  challengeOf,
  makePasskey,
  usePasskey,
  type Twist,
} from '../../support/access/authenticator.js';
import { TestClock } from '../../support/clock.js';
import { linkTo, mailsTo } from '../../support/notifications/mails.js';
import { Browser, somebody, type Somebody, type Told } from '../../support/access/people.js';

const ORIGIN = 'https://calls.test';
const SECOND_FACTOR = 'urn:carnot-europe:problem:second-factor';

describe('a passkey as a second factor', () => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  let server: TestApp;
  let people = 0;
  beforeAll(async () => {
    server = await startApp({ PUBLIC_URL: ORIGIN }, { working: false, clock });
  });
  afterAll(() => server?.stop());

  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  /** Who acts in the newest session of a person. */
  const session = async ({ person: { id } }: Somebody): Promise<Actor> => {
    const [newest] = await query(
      'SELECT id FROM session WHERE person_id = $1 ORDER BY created_at DESC LIMIT 1',
      [id],
    );
    return { personId: id, sessionId: newest.id } as Actor;
  };
  const made = (id: string) => ({ id, publicKey: Buffer.from('key'), counter: 0, transports: [] });
  const device = (counts = true) => new Authenticator(ORIGIN, counts);
  const secretOf = (b: Browser): string => /session=([^;]*)/.exec(b.cookie)![1]!;
  const me = async (b: Browser) =>
    (await b.request('/v1/me', { headers: { accept: 'application/json' } })).status;
  const audited = async (like: string): Promise<any[]> =>
    query(`SELECT action, detail, profile_id FROM audit WHERE action LIKE $1 ORDER BY position`, [like]);

  /** Creates a person known by e-mail address, with no browser yet. */
  async function person(told: Told = { role: 'coordinator' }): Promise<Somebody> {
    people += 1;
    return somebody(server, { email: `person${people}@network.test`, ...told });
  }
  /** Signs in by a link, in a fresh browser. */
  async function byLink(email: string): Promise<{ b: Browser; to: string }> {
    const b = new Browser(server.url, 'lang=en');
    // Distinguishes the newest mail from earlier ones.
    clock.move({ seconds: 1 });
    await b.post('/sign-in', { email });
    const { location } = await b.post(await linkTo(server, email));
    return { b, to: location! };
  }
  /** Creates a person with a passkey, and a fresh browser of theirs signed in by link only. */
  async function half(told?: Told): Promise<{ who: Somebody; key: Authenticator; b: Browser }> {
    const [who, key] = [await person(told), device()];
    expect((await makePasskey(who, key)).status).toBe(303);
    return { who, key, b: (await byLink(who.person.email)).b };
  }

  it('is one of ten at most, however many are added at once', async () => {
    const actor = await session(await person());
    const add = (i: number) => server.app.get(Passkeys).add(actor, `Device ${i}`, made(`at-once-${i}`));
    const added = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => add(i)));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(await server.app.get(Passkeys).list(actor)).toHaveLength(10);
  });

  it('is not added by a session that ended with all others: who found a device keeps no way in', async () => {
    const { who } = await half({ role: 'officer', profile: 'leti' });
    const colleague = await person({ role: 'officer', profile: 'leti' });
    const actor = await session(who);
    const add = (id: string) => server.app.get(Passkeys).add(actor, 'Late', made(id));
    const at = `/institutes/leti/team/${who.person.id}`;
    expect((await colleague.post(`${at}/passkeys/remove`)).status).toBe(303);
    await expect(add('late-1')).rejects.toThrow(Unauthorized);
    expect((await colleague.post(`${at}/remove`)).status).toBe(303);
    await expect(add('late-2')).rejects.toThrow(Unauthorized);
    expect(await server.app.get(Passkeys).list(actor)).toEqual([]);
  });

  it('is suggested to a coordinator who signs in without one, made, listed, and told by mail', async () => {
    const {
      person: { email, name },
    } = await person();
    const { b, to } = await byLink(email);
    expect(to).toBe('/sign-in/passkey/new?next=%2Finstitutes');
    const page = await b.get(to);
    expect(page.body).toContain('href="/institutes">Not now');
    expect(await me(b)).toBe(200);
    const before = secretOf(b);
    clock.move({ seconds: 1 });
    const made = await makePasskey(b, device(), { name: 'Office laptop', next: '/institutes' });
    expect([made.status, made.location]).toEqual([303, '/institutes']);
    expect(secretOf(b)).not.toBe(before);
    expect([await me(b), await me(new Browser(server.url, `__Host-session=${before}`))]).toEqual([200, 401]);
    expect((await b.get('/account')).body).toMatch(/Office laptop[^]*created on 6 May 2026[^]*never used/);
    const { body } = await api(server.url, '/v1/me/passkeys', { token: b });
    expect(body.items).toEqual([
      {
        id: expect.any(String),
        name: 'Office laptop',
        createdAt: clock.now().toISOString(),
        lastUsedAt: null,
      },
    ]);
    const [mail] = await mailsTo(server, email);
    expect(mail).toMatchObject({ kind: 'passkey', subject: 'New passkey for Carnot Europe' });
    expect(mail!.text).toContain('“Office laptop”');
    expect((await audited('passkey.made')).at(-1)).toMatchObject({ detail: { passkey: body.items[0].id } });
    // The stored data is not enough to sign in.
    const [row] = await query(
      `SELECT k.* FROM passkey k JOIN person p ON p.id = k.person_id WHERE p.email = $1`,
      [email],
    );
    expect(Object.keys(row).sort()).toEqual([
      'counter',
      'created_at',
      'credential',
      'id',
      'last_used_at',
      'name',
      'person_id',
      'public_key',
      'transports',
    ]);
    expect(name).toBeDefined();
  });

  it('is asked for after a link: until it has answered, nothing else is open but the way out', async () => {
    const { key, b } = await half();
    const away = await b.get('/institutes?x=1');
    expect([away.status, away.location]).toEqual([303, '/sign-in/passkey?next=%2Finstitutes%3Fx%3D1']);
    for (const path of ['/account', '/sign-in/passkey/new', '/coordinators', '/docs', '/audit', '/calls'])
      expect([path, (await b.get(path)).status]).toEqual([path, 303]);
    const refused = await api(server.url, '/v1/profiles', { token: b });
    expect(refused).toMatchObject({
      status: 403,
      type: expect.stringContaining('problem+json'),
      body: { type: SECOND_FACTOR, detail: expect.stringContaining('/sign-in/passkey') },
    });
    for (const [method, path] of [
      ['GET', '/v1/me'],
      ['POST', '/v1/me/keys'],
      ['DELETE', '/v1/me/personal-data'],
      ['GET', '/nothing-of-ours'],
    ] as const)
      expect([path, (await api(server.url, path, { method, token: b })).status]).toEqual([path, 403]);
    const part = await b.request('/find?q=x', { headers: { 'hx-request': 'true' } });
    expect([part.status, part.headers.get('hx-redirect')]).toEqual([401, '/sign-in/passkey']);
    const page = await b.get(away.location!);
    expect(page.status).toBe(200);
    expect(page.body).not.toContain('class="menu"');
    // Public pages look the same as to anybody.
    expect((await b.get('/privacy')).body).not.toContain('class="settings"');
    const before = secretOf(b);
    const done = await usePasskey(b, key, { next: '/institutes?x=1' });
    expect([done.status, done.location]).toEqual([303, '/institutes?x=1']);
    expect(done.headers.getSetCookie()[0]).toMatch(
      /^__Host-session=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax$/,
    );
    expect([await me(b), await me(new Browser(server.url, `__Host-session=${before}`))]).toEqual([200, 401]);
    const { body } = await api(server.url, '/v1/me/passkeys', { token: b });
    expect(body.items[0].lastUsedAt).toBe(clock.now().toISOString());
    expect((await audited('passkey.used')).length).toBeGreaterThan(0);
  });

  it('leaves the way out and another sign-in open to whoever has not got it at hand', async () => {
    const { who, b } = await half();
    expect((await b.post('/sign-out')).location).toBe('/sign-in');
    expect((await b.get('/account')).location).toBe('/sign-in?next=%2Faccount');
    const again = await byLink(who.person.email);
    expect((await again.b.get('/sign-in')).location).toBe('/institutes');
    const other = await person({ role: 'officer', profile: 'leti' });
    clock.move({ seconds: 1 });
    await again.b.post('/sign-in', { email: other.person.email });
    await again.b.post(await linkTo(server, other.person.email));
    expect(await me(again.b)).toBe(200);
  });

  it('is asked for in sessions that were there before it was made, too, but not in the one in which it was made', async () => {
    const who = await person({ role: 'officer', profile: 'leti' });
    const { b } = await byLink(who.person.email);
    expect([await me(b), await me(who)]).toEqual([200, 200]);
    await makePasskey(who, device());
    expect([await me(b), await me(who)]).toEqual([403, 200]);
  });

  it.each<[string, (made: { b: Browser; key: Authenticator }) => Promise<Twist>, string]>([
    ['of another origin', async () => ({ origin: 'https://calls.test.evil.example' }), 'refused'],
    ['for another host', async () => ({ rpId: 'evil.example' }), 'refused'],
    ['to another challenge', async () => ({ challenge: 'A'.repeat(43) }), 'refused'],
    ['signed by another key', async () => ({ signedBy: device() }), 'refused'],
    ['of a device that does not know who holds it', async () => ({ verified: false }), 'refused'],
    ['that waited for more than five minutes', async () => (clock.move({ minutes: 6 }), {}), 'challenge'],
  ])('refuses an answer %s', async (_, twisted, why) => {
    const { key, b } = await half();
    const options = await challengeOf(b, '/sign-in/passkey');
    const twist = await twisted({ b, key });
    const { status, body } = await b.post('/sign-in/passkey', {
      answer: JSON.stringify(key.answer(options, twist)),
    });
    expect(status).toBe(403);
    expect(body).toContain('This passkey was not accepted');
    expect(await me(b)).toBe(403);
    expect((await audited('passkey.failed')).at(-1).detail).toEqual({ why });
    // The challenge is used up, even for the right answer; a new one works.
    expect((await b.post('/sign-in/passkey', { answer: JSON.stringify(key.answer(options)) })).status).toBe(
      403,
    );
    expect((await usePasskey(b, key)).status).toBe(303);
  });

  it('refuses an answer a second time, and of two at once takes one', async () => {
    const { key, b, who } = await half();
    const answer = JSON.stringify(key.answer(await challengeOf(b, '/sign-in/passkey')));
    const both = await Promise.all(
      [1, 2].map(() =>
        new Browser(server.url, `__Host-session=${secretOf(b)}`).post('/sign-in/passkey', { answer }),
      ),
    );
    const letIn = both.filter((r) => r.headers.getSetCookie().some((c) => c.startsWith('__Host-session=')));
    expect(letIn).toHaveLength(1);
    const { b: later } = await byLink(who.person.email);
    await challengeOf(later, '/sign-in/passkey');
    expect((await later.post('/sign-in/passkey', { answer })).status).toBe(403);
    expect(await me(later)).toBe(403);
  });

  it('refuses what another session was asked, and another person’s passkey', async () => {
    const [one, other] = [await half(), await half()];
    const { b: second } = await byLink(one.who.person.email);
    const asked = await challengeOf(second, '/sign-in/passkey');
    await challengeOf(one.b, '/sign-in/passkey');
    const crossed = await one.b.post('/sign-in/passkey', { answer: JSON.stringify(one.key.answer(asked)) });
    expect([crossed.status, await me(one.b)]).toEqual([403, 403]);
    expect([(await usePasskey(one.b, other.key)).status, await me(one.b)]).toEqual([403, 403]);
    expect((await audited('passkey.failed')).at(-1).detail).toEqual({ why: 'unknown' });
  });

  it('refuses a count that does not go on, which is entered, and takes one that always says 0', async () => {
    const { key, b, who } = await half();
    expect((await usePasskey(b, key, { twist: { counter: 7 } })).status).toBe(303);
    for (const counter of [7, 6, 0]) {
      const { b: copy } = await byLink(who.person.email);
      expect((await usePasskey(copy, key, { twist: { counter } })).status).toBe(403);
      expect(await me(copy)).toBe(403);
      expect((await audited('passkey.failed')).at(-1).detail).toEqual({ why: 'counter' });
      clock.move({ minutes: 20 });
    }
    const [silent, synced] = [await person(), device(false)];
    await makePasskey(silent, synced);
    for (let i = 0; i < 2; i += 1) {
      const { b: again } = await byLink(silent.person.email);
      expect((await usePasskey(again, synced)).status).toBe(303);
    }
  });

  it('takes no answer that is none, and tells what is wrong of a name', async () => {
    const { b, who } = await half();
    for (const answer of [
      '',
      'null',
      '{}',
      '[',
      '"x"',
      JSON.stringify({ id: 'x', rawId: 'x', type: 'public-key' }),
    ]) {
      await challengeOf(b, '/sign-in/passkey');
      expect([answer, (await b.post('/sign-in/passkey', { answer })).status]).toEqual([answer, 403]);
    }
    const options = await challengeOf(who, '/sign-in/passkey/new');
    const unnamed = await who.post('/sign-in/passkey/new', {
      name: ' ',
      answer: JSON.stringify(device().make(options)),
    });
    expect(unnamed.status).toBe(422);
    expect(unnamed.body).toContain('id="passkey-name-error"');
  });

  it.each<[string, Twist]>([
    ['of another origin', { origin: 'http://calls.test' }],
    ['for another host', { rpId: 'test' }],
    ['to another challenge', { challenge: 'B'.repeat(43) }],
    ['of a device that does not know who holds it', { verified: false }],
    // The library would fetch certificate revocation lists from the addresses in the certificates.
    [
      'with a statement of its maker',
      { attestation: { fmt: 'packed', attStmt: new Map([['x5c', Buffer.from('x')]]) } },
    ],
    ['with one of a kind that nobody asked for', { attestation: { fmt: 'tpm', attStmt: new Map() } }],
  ])('makes none %s', async (_, twist) => {
    const who = await person();
    expect((await makePasskey(who, device(), { twist })).status).toBe(403);
    expect((await api(server.url, '/v1/me/passkeys', { token: who })).body.items).toEqual([]);
    expect(await mailsTo(server, who.person.email)).toEqual([]);
  });

  it('is made by nobody who has one and has not shown it, long after a sign-in, or with a key; and once on a device', async () => {
    const { b, who, key } = await half();
    const asked = await b.request('/sign-in/passkey/new/challenge', {
      method: 'POST',
      headers: { accept: '*/*' },
    });
    expect(asked.status).toBe(403);
    const answer = JSON.stringify(device().make({ challenge: 'A'.repeat(43), rp: { id: 'calls.test' } }));
    expect((await b.post('/sign-in/passkey/new', { name: 'Mine', answer })).location).toBe('/institutes');
    expect((await makePasskey(who, key)).status).toBe(403);
    expect((await audited('passkey.failed')).at(-1).detail).toEqual({ why: 'known' });
    clock.move({ minutes: 16 });
    expect((await who.get('/sign-in/passkey/new')).body).toContain('action="/sign-in/confirm"');
    const late = await who.request('/sign-in/passkey/new/challenge', {
      method: 'POST',
      headers: { accept: '*/*' },
    });
    expect(JSON.parse(late.body)).toMatchObject({ type: 'urn:carnot-europe:problem:sign-in-again' });
    const nobody = new Browser(server.url);
    expect((await nobody.get('/sign-in/passkey/new')).location).toBe('/sign-in');
    expect((await nobody.request('/sign-in/passkey/challenge', { method: 'POST' })).status).toBe(403);
    expect((await api(server.url, '/v1/me/passkeys', { token: await who.key('read') })).status).toBe(200);
  });

  it('is counted where it fails, which keeps nobody out who has it', async () => {
    const { key, b } = await half();
    const wrong = async () => (await usePasskey(b, key, { twist: { verified: false } })).status;
    for (let i = 0; i < 20; i += 1) expect(await wrong()).toBe(403);
    expect(await wrong()).toBe(429);
    expect((await usePasskey(b, key)).status).toBe(303);
  });

  it('confirms that it is still the same person, where important acts ask again', async () => {
    const { key, b } = await half();
    await usePasskey(b, key);
    clock.move({ minutes: 16 });
    const make = () => b.post('/account/keys', { name: 'K', scope: 'read', days: '30' });
    const late = await make();
    expect(late.status).toBe(403);
    expect(late.body).toContain('href="/sign-in/passkey"');
    const confirm = await b.get('/sign-in/confirm?next=/account');
    expect(confirm.body).toContain('href="/sign-in/passkey?next=%2Faccount"');
    expect((await usePasskey(b, key, { next: '/account' })).location).toBe('/account');
    expect((await make()).status).toBe(200);
  });

  it('is removed by its owner, who is told, and is then asked for no more', async () => {
    const { who } = await half({ role: 'officer', profile: 'leti' });
    await makePasskey(who, device(), { name: 'Second' });
    const list = async () => (await api(server.url, '/v1/me/passkeys', { token: who })).body.items;
    const [first, second] = (await list()).sort((a: any) => (a.name === 'Second' ? 1 : -1));
    clock.move({ minutes: 16 });
    expect((await who.post(`/account/passkeys/${first.id}/remove`)).status).toBe(403);
    const other = await person({ role: 'officer', profile: 'leti' });
    expect((await other.post(`/account/passkeys/${first.id}/remove`)).status).toBe(404);
    clock.move({ minutes: -16 });
    clock.move({ seconds: 1 });
    expect((await who.post(`/account/passkeys/${first.id}/remove`)).location).toBe('/account');
    expect((await mailsTo(server, who.person.email))[0]!.subject).toBe('Passkey for Carnot Europe removed');
    expect((await who.post(`/account/passkeys/${second.id}/remove`)).location).toBe('/account');
    expect((await audited('passkey.removed')).slice(-2)).toMatchObject([
      { profile_id: 'leti' },
      { profile_id: 'leti' },
    ]);
    expect(await me((await byLink(who.person.email)).b)).toBe(200);
  });
});
