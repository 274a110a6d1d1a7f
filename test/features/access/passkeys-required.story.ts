import { DataSource } from 'typeorm';
import { Passkeys } from '../../../src/access/passkeys/passkeys.js';
import type { PasskeyPolicy } from '../../../src/access/domain/second-factor.js';
import type { SignOnProvider } from '../../../src/kernel/sign-on.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { Authenticator, makePasskey, usePasskey } from '../../support/access/authenticator.js';
import { TestClock } from '../../support/clock.js';
import { CLIENT_SECRET, IdentityProvider, type Account } from '../../support/access/identity-provider.js';
import { linkTo, mailsTo } from '../../support/notifications/mails.js';
import { Browser, somebody, type Somebody, type Told } from '../../support/access/people.js';

const ORIGIN = 'https://calls.test';

describe('an installation in which coordinators need a passkey', () => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  let server: TestApp;
  let people = 0;
  beforeAll(async () => {
    server = await start('required');
  });
  afterAll(() => server?.stop());

  const start = (
    passkeys: PasskeyPolicy,
    url = ORIGIN,
    databaseUrl?: string,
    signOn: SignOnProvider[] = [],
  ): Promise<TestApp> =>
    startApp(
      { PUBLIC_URL: url },
      {
        working: false,
        clock,
        ...(databaseUrl !== undefined && { databaseUrl }),
        adjust: (w) => ({
          ...w,
          env: { ...w.env, SIGN_ON_SECRETS: new Map(signOn.map(({ id }) => [id, CLIENT_SECRET])) },
          settings: { ...w.settings, signIn: { ...w.settings.signIn, passkeys }, signOn },
        }),
      },
    );
  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const device = () => new Authenticator(ORIGIN);
  const me = async (b: Browser) => (await api(server.url, '/v1/me', { token: b })).status;
  async function person(told: Told = { role: 'coordinator' }): Promise<Somebody> {
    people += 1;
    return somebody(server, { email: `person${people}@network.test`, ...told });
  }
  async function byLink(email: string, at = server): Promise<{ b: Browser; to: string }> {
    const b = new Browser(at.url, 'lang=en');
    clock.move({ seconds: 1 });
    await b.post('/sign-in', { email });
    const { location } = await b.post(await linkTo(at, email));
    return { b, to: location! };
  }
  const withPasskey = async (told?: Told): Promise<{ who: Somebody; key: Authenticator }> => {
    const [who, key] = [await person(told), device()];
    await makePasskey(who, key);
    return { who, key };
  };

  it('lets a coordinator without one make one, and do nothing else', async () => {
    const {
      person: { email },
    } = await person();
    const { b, to } = await byLink(email);
    expect(to).toBe('/institutes');
    const away = await b.get(to);
    expect([away.status, away.location]).toEqual([303, '/sign-in/passkey/new?next=%2Finstitutes']);
    expect((await api(server.url, '/v1/me', { token: b })).body).toMatchObject({
      type: 'urn:carnot-europe:problem:second-factor',
      detail: expect.stringContaining('/sign-in/passkey/new'),
    });
    const page = await b.get(away.location!);
    expect(page.body).toContain('Coordinators need a passkey here');
    expect(page.body).not.toContain('Not now');
    clock.move({ minutes: 16 });
    // After a while they first have to confirm who they are; they can reach that page too.
    expect((await b.get(away.location!)).body).toContain('action="/sign-in/confirm"');
    expect((await b.post('/sign-in/confirm', { next: '/institutes' })).status).toBe(200);
    expect((await b.post(await linkTo(server, email))).location).toBe('/institutes');
    expect((await makePasskey(b, device(), { next: '/institutes' })).location).toBe('/institutes');
    expect(await me(b)).toBe(200);
    const officer = await person({ role: 'officer', profile: 'leti' });
    expect(await me((await byLink(officer.person.email)).b)).toBe(200);
  });

  it('leaves a coordinator their last one, of two removed at once too, and an officer none', async () => {
    const { who } = await withPasskey();
    const list = async (of = who) => (await api(server.url, '/v1/me/passkeys', { token: of })).body.items;
    const [only] = await list();
    const refused = await who.post(`/account/passkeys/${only.id}/remove`);
    expect(refused.status).toBe(409);
    expect(refused.body).toContain('This is your only passkey');
    const remove = (id: string, by = who) => by.post(`/account/passkeys/${id}/remove`);
    await makePasskey(who, device(), { name: 'Second' });
    const both = await list();
    const done = await Promise.all(both.map(({ id }: any) => remove(id)));
    expect(done.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await list()).toHaveLength(1);
    const { who: officer } = await withPasskey({ role: 'officer', profile: 'leti' });
    const [theirs] = await list(officer);
    expect((await remove(theirs.id, officer)).status).toBe(303);
  });

  it('has another coordinator remove a lost one: who lost it is signed out, told, and makes a new one', async () => {
    const [{ who, key }, { who: other }] = [await withPasskey(), await withPasskey()];
    expect((await other.get('/coordinators')).body).toContain(`Remove the passkeys of ${who.person.name}`);
    const path = `/coordinators/${who.person.id}/passkeys/remove`;
    expect((await who.post(path)).status).toBe(409);
    clock.move({ minutes: 16 });
    expect((await other.post(path)).status).toBe(403);
    clock.move({ minutes: -16 });
    clock.move({ seconds: 1 });
    expect((await other.post(path)).location).toBe('/coordinators');
    expect(await me(who)).toBe(401);
    const [mail] = await mailsTo(server, who.person.email);
    expect(mail!.text.replace(/\s+/g, ' ')).toContain(`${other.person.name} removed your passkeys`);
    const [entry] = (await api(server.url, '/v1/audit?limit=100', { token: other })).body.items.filter(
      (e: any) => e.action === 'passkey.removed',
    );
    expect(entry).toMatchObject({ actor: { name: other.person.name }, subject: { name: who.person.name } });
    const { b } = await byLink(who.person.email);
    expect((await usePasskey(b, key)).status).not.toBe(303);
    expect(await me(b)).toBe(403);
    expect((await makePasskey(b, key)).status).toBe(303);
    expect(await me(b)).toBe(200);
    const again = await api(server.url, `/v1/coordinators/${who.person.id}/passkeys`, {
      method: 'DELETE',
      token: TOKEN,
    });
    expect(again).toMatchObject({ status: 200, body: { id: who.person.id } });
    expect((await mailsTo(server, who.person.email)).map((m) => m.text).join()).toContain(
      'The operator of this service',
    );
    expect((await other.post(path)).status).toBe(404);
  });

  it('has an officer do so for a colleague, and nobody of another institute, no reader and no key', async () => {
    const { who } = await withPasskey({ role: 'reader', profile: 'leti' });
    const page = `/institutes/leti/team/${who.person.id}/passkeys/remove`;
    const call = `/v1/profiles/leti/people/${who.person.id}/passkeys`;
    const [officer, reader, stranger] = [
      await person({ role: 'officer', profile: 'leti' }),
      await person({ role: 'reader', profile: 'leti' }),
      await person({ role: 'officer', profile: 'cetim' }),
    ];
    for (const by of [reader, stranger]) expect((await by.post(page)).status).toBe(403);
    const tried = [
      await stranger.post(`/institutes/cetim/team/${who.person.id}/passkeys/remove`),
      await stranger.post(`/coordinators/${who.person.id}/passkeys/remove`),
    ];
    expect(tried.map((r) => r.status)).toEqual([404, 403]);
    expect(
      (await api(server.url, call, { method: 'DELETE', token: await officer.key('write') })).status,
    ).toBe(403);
    expect(await me(who)).toBe(200);
    expect((await officer.get('/institutes/leti/team')).body).toContain(
      `Remove the passkeys of ${who.person.name}`,
    );
    expect((await api(server.url, call, { method: 'DELETE', token: officer })).status).toBe(200);
    expect(await me(who)).toBe(401);
  });

  it('lets the operator do so by an address', async () => {
    const { who } = await withPasskey();
    const remove = (address: string) => server.app.get(Passkeys).removeOfAddress(address);
    await expect(remove('nobody@network.test')).rejects.toThrow('nobody-here');
    await remove(who.person.email.toUpperCase());
    expect(await me(who)).toBe(401);
    await expect(remove(who.person.email)).rejects.toThrow('no-passkeys');
  });

  it('takes them along with whoever leaves, and tells people of theirs', async () => {
    const [{ who, key }, { who: other }] = [await withPasskey(), await withPasskey()];
    const { body } = await api(server.url, '/v1/me/personal-data', { token: who });
    expect(body.passkeys).toEqual([{ name: 'Laptop', created_at: expect.any(String), last_used_at: null }]);
    expect(JSON.stringify(body)).not.toContain(key.id.toString('base64url'));
    const {
      person: { id, email, name },
    } = who;
    expect((await api(server.url, `/v1/coordinators/${id}`, { method: 'DELETE', token: other })).status).toBe(
      200,
    );
    expect(await query('SELECT 1 FROM passkey WHERE person_id = $1', [id])).toEqual([]);
    await other.post('/coordinators', { name, email, language: 'en' });
    const { b } = await byLink(email);
    expect((await b.get('/')).location).toBe('/sign-in/passkey/new');
    await makePasskey(b, device());
    const { confirm } = (await api(server.url, '/v1/me/personal-data/erase/preview', { token: b })).body;
    const path = `/v1/me/personal-data?confirm=${confirm}`;
    expect((await api(server.url, path, { method: 'DELETE', token: b })).status).toBe(200);
    expect(await query('SELECT 1 FROM passkey WHERE person_id = $1', [id])).toEqual([]);
  });

  it('asks for none where they are switched off, nor where browsers make none', async () => {
    const { who } = await withPasskey();
    const database = server.wiring.env.DATABASE_URL!;
    for (const [policy, url] of [
      ['off', ORIGIN],
      ['offered', 'http://127.0.0.1:3000'],
      ['offered', 'http://calls.test'],
    ] as const) {
      const other = await start(policy, url, database);
      try {
        const { b, to } = await byLink(who.person.email, other);
        expect([url, to, (await b.get(to)).status]).toEqual([url, '/institutes', 200]);
        const account = (await b.get('/account')).body;
        expect(account).not.toContain('id="passkeys"');
        expect((await b.get('/sign-in/passkey/new')).location).toBe('/institutes');
        for (const step of ['/sign-in/passkey', '/sign-in/passkey/new'])
          expect(
            (await b.request(`${step}/challenge`, { method: 'POST', headers: { accept: '*/*' } })).status,
          ).toBe(403);
      } finally {
        await other.stop();
      }
    }
  });

  it.each<[string, Account, number]>([
    ['that somebody showed two factors', { amr: ['pwd', 'mfa'] }, 200],
    ['so by the profile of REFEDS', { acr: 'https://refeds.org/profile/mfa' }, 200],
    ['that it was a password', { amr: ['pwd'], acr: '1' }, 403],
    ['nothing of it', {}, 403],
  ])('takes the word of a provider that says %s', async (_, how, status) => {
    const idp = await IdentityProvider.start(['network'], { publicUrl: ORIGIN });
    const signOn = [idp.provider('network', { mailDomains: ['network.test'] })];
    const other = await start('required', ORIGIN, server.wiring.env.DATABASE_URL!, signOn);
    try {
      const { who } = await withPasskey();
      await idp.knows({ one: { email: who.person.email, email_verified: true, ...how } });
      const b = new Browser(other.url);
      expect((await idp.signIn(b, '/sign-in/with/network?next=%2Finstitutes', 'one')).location).toBe(
        '/institutes',
      );
      expect((await api(other.url, '/v1/me', { token: b })).status).toBe(status);
    } finally {
      await other.stop();
      await idp.stop();
    }
  });
});
