import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import {
  CLIENT_SECRET,
  IdentityProvider,
  PUBLIC_URL,
  type Account,
} from '../../support/access/identity-provider.js';
import { mailsTo, linkTo } from '../../support/notifications/mails.js';
import { Browser, somebody, type Told } from '../../support/access/people.js';

const DOMAIN = 'leti.test';

describe('signing in with the account of one’s institute', () => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  const accounts: Record<string, Account> = {};
  let idp: IdentityProvider;
  let server: TestApp;
  let people = 0;
  let invitations = 0;

  beforeAll(async () => {
    idp = await IdentityProvider.start(['leti', 'groups', 'all', 'only']);
    const signOn = [
      idp.provider('leti', { institute: 'leti' }),
      idp.provider('groups', {
        institute: 'cetim',
        mailDomains: ['cetim.test'],
        roles: { claim: 'groups', officer: ['europe-officers'], reader: ['europe', 'europe-readers'] },
      }),
      idp.provider('all', { mailDomains: ['network.test'], verifiedAddresses: 'assumed' }),
      idp.provider('only', { institute: 'icm', mailDomains: ['icm.test'], required: true }),
    ];
    server = await startApp(
      { PUBLIC_URL },
      {
        working: false,
        clock,
        adjust: (w) => ({
          ...w,
          env: { ...w.env, SIGN_ON_SECRETS: new Map(signOn.map(({ id }) => [id, CLIENT_SECRET])) },
          settings: { ...w.settings, signOn },
        }),
      },
    );
  });
  afterAll(async () => {
    await server?.stop();
    await idp?.stop();
  });

  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const browser = (): Browser => new Browser(server.url, 'lang=en');
  const me = async (b: Browser) => JSON.parse((await b.get('/v1/me')).body);

  /** Creates an account at the provider and returns the provider's name for it. */
  async function account(told: Account): Promise<string> {
    people += 1;
    const login = `subject-${people}`;
    accounts[login] = { email_verified: true, name: `Person ${people}`, ...told };
    await idp.knows(accounts);
    return login;
  }
  /** Creates a person who was invited here and has an account at the provider. */
  async function invited(
    told: Partial<Told> = {},
    at: Account = {},
  ): Promise<{ email: string; login: string; id: string }> {
    invitations += 1;
    const email = at.email ?? `invited${invitations}@${DOMAIN}`;
    const { person } = await somebody(server, { role: 'officer', profile: 'leti', email, ...told });
    return { email, login: await account({ email, ...at }), id: person.id };
  }

  it('is offered where one signs in, and leads to a page that was asked for', async () => {
    const form = await browser().get('/sign-in?next=%2Fcalls%3Fq%3Dphoton');
    expect(form.body).toContain('href="/sign-in/with/leti?next=%2Fcalls%3Fq%3Dphoton"');
    const { login, email } = await invited();
    const b = browser();
    const done = await idp.signIn(b, '/sign-in/with/leti?next=%2Fcalls%3Fq%3Dphoton', login);
    expect([done.status, done.location]).toEqual([303, '/calls?q=photon']);
    expect(await me(b)).toMatchObject({ kind: 'person', role: 'officer', email, profile: { id: 'leti' } });
  });

  it('lasts 12 hours without use and 30 days in all, since whoever is blocked there is to be out here soon', async () => {
    // The same person also signed in by a link: that browser does not depend on the provider.
    const email = `both@${DOMAIN}`;
    const byLink = await somebody(server, { role: 'officer', profile: 'leti', email });
    const login = await account({ email });
    const [idle, busy] = [browser(), browser()];
    for (const b of [idle, busy]) expect((await idp.signIn(b, '/sign-in/with/leti', login)).status).toBe(303);
    for (let hours = 0; hours < 30 * 24; hours += 10) {
      expect((await busy.get('/v1/me')).status).toBe(200);
      clock.move({ hours: 10 });
      if (hours === 10) expect((await idle.get('/v1/me')).status).toBe(401);
      if (hours === 400) expect((await byLink.get('/v1/me')).status).toBe(200);
    }
    expect((await busy.get('/v1/me')).status).toBe(401);
    expect((await byLink.get('/v1/me')).status).toBe(200);
  });

  it('asks with PKCE, a state and a nonce, and never shows the secret', async () => {
    const leaving = await browser().get('/sign-in/with/leti?address=one%40leti.test');
    const asked = new URL(leaving.location!).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      login_hint: 'one@leti.test',
      redirect_uri: `${PUBLIC_URL}/sign-in/with/leti/return`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    const cookie = leaving.headers.getSetCookie().join();
    expect(cookie).toMatch(/^sign-on=[\w-]+; Max-Age=1800; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    for (const secret of [asked.get('state')!, asked.get('nonce')!, CLIENT_SECRET])
      expect(Buffer.from(cookie, 'base64url').toString() + cookie).not.toContain(secret);
  });

  it('knows them by what the provider calls them, whatever their address becomes', async () => {
    const { login, email } = await invited();
    await idp.signIn(browser(), '/sign-in/with/leti', login);
    accounts[login] = { email: `married@${DOMAIN}`, email_verified: true };
    await idp.knows(accounts);
    const b = browser();
    expect((await idp.signIn(b, '/sign-in/with/leti', login)).status).toBe(303);
    expect(await me(b)).toMatchObject({ email });
  });

  it('lets nobody in to whom an address was given that was somebody else’s', async () => {
    const { login, email } = await invited();
    await idp.signIn(browser(), '/sign-in/with/leti', login);
    const heir = await account({ email });
    const answer = await idp.signIn(browser(), '/sign-in/with/leti', heir);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('not the Account leti account with which you signed in before');
  });

  it.each<[string, () => Promise<string>, string]>([
    [
      'whose address was not verified',
      async () => (await invited({}, { email_verified: false })).login,
      'verified',
    ],
    ['without an address', () => account({}), 'verified'],
    ['with an address of another domain', () => account({ email: 'one@elsewhere.test' }), 'cannot vouch'],
    ['whom nobody invited', () => account({ email: `stranger@${DOMAIN}` }), 'invited you yet'],
    [
      'of another institute',
      async () => (await invited({ profile: 'cetim' })).login,
      'belongs to an institute other than',
    ],
    [
      'of the network, by an institute’s provider',
      async () => (await invited({ role: 'coordinator', profile: undefined })).login,
      'belongs to an institute other than',
    ],
  ])('lets nobody in %s', async (_, make, says) => {
    const login = await make();
    const b = browser();
    const answer = await idp.signIn(b, '/sign-in/with/leti', login);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain(says);
    expect(b.cookie).not.toContain('session=');
    expect(await query(`SELECT 1 FROM identity WHERE subject = $1`, [login])).toEqual([]);
  });

  it('lets nobody in whom their institute removed, until it invites them again', async () => {
    const { login, id } = await invited();
    await idp.signIn(browser(), '/sign-in/with/leti', login);
    await query('UPDATE person SET removed_at = now() WHERE id = $1', [id]);
    expect((await idp.signIn(browser(), '/sign-in/with/leti', login)).status).toBe(403);
    await query('UPDATE person SET removed_at = NULL WHERE id = $1', [id]);
    expect((await idp.signIn(browser(), '/sign-in/with/leti', login)).status).toBe(303);
  });

  it('lets in whoever is invited again by the account that has the address now, and no more by the earlier one', async () => {
    const { login: earlier, id, email } = await invited();
    await idp.signIn(browser(), '/sign-in/with/leti', earlier);
    await query('UPDATE person SET removed_at = now() WHERE id = $1', [id]);
    await somebody(server, { role: 'officer', profile: 'leti', email });
    accounts[earlier] = { email: `earlier@${DOMAIN}`, email_verified: true };
    const present = await account({ email });
    expect((await idp.signIn(browser(), '/sign-in/with/leti', earlier)).status).toBe(403);
    expect((await idp.signIn(browser(), '/sign-in/with/leti', present)).status).toBe(303);
  });

  it('lets in whom another institute invited since theirs removed them, and nobody else with that account', async () => {
    const { login, id, email } = await invited({}, { email: 'moves@network.test' });
    await idp.signIn(browser(), '/sign-in/with/all', login);
    await query('UPDATE person SET removed_at = now() WHERE id = $1', [id]);
    expect((await idp.signIn(browser(), '/sign-in/with/all', login)).status).toBe(403);
    await somebody(server, { role: 'reader', profile: 'brgm', email });
    const b = browser();
    expect((await idp.signIn(b, '/sign-in/with/all', login)).status).toBe(303);
    expect(await me(b)).toMatchObject({ email, role: 'reader', profile: { id: 'brgm' } });
  });

  it('takes the word of a provider whose addresses are all verified', async () => {
    const { login } = await invited(
      { role: 'coordinator', profile: undefined },
      { email: 'coordinator@network.test', email_verified: undefined },
    );
    const b = browser();
    expect((await idp.signIn(b, '/sign-in/with/all', login)).location).toBe('/institutes');
    expect(await me(b)).toMatchObject({ role: 'coordinator' });
  });

  describe('with roles by a claim', () => {
    const enter = async (login: string): Promise<any> => {
      const b = browser();
      const { status } = await idp.signIn(b, '/sign-in/with/groups', login);
      return status === 303 ? me(b) : status;
    };

    it('lets in without an invitation, as what the claim says, and follows its changes', async () => {
      await somebody(server, { role: 'officer', profile: 'cetim', email: 'first@cetim.test' });
      const email = 'newcomer@cetim.test';
      const login = await account({
        email,
        groups: ['staff', 'europe-readers'],
        locale: 'en-GB',
        name: 'New Comer',
      });
      expect(await enter(login)).toMatchObject({ role: 'reader', writes: false, email, name: 'New Comer' });
      expect(await query('SELECT language, invited_by FROM person WHERE email = $1', [email])).toEqual([
        { language: 'en', invited_by: 'Account groups' },
      ]);
      accounts[login]!.groups = ['europe-officers', 'europe-readers'];
      await idp.knows(accounts);
      expect(await enter(login)).toMatchObject({ role: 'officer', writes: true });
      accounts[login]!.groups = ['staff'];
      await idp.knows(accounts);
      expect(await enter(login)).toBe(403);
    });

    it('tells the other officers what no longer works where a claim makes an officer a reader', async () => {
      const email = 'demoted@cetim.test';
      const stays = await somebody(server, {
        role: 'officer',
        profile: 'cetim',
        email: 'stays@cetim.test',
        language: 'en',
      });
      const login = await account({ email, groups: ['europe-officers'], name: 'Demi Ted' });
      expect(await enter(login)).toMatchObject({ role: 'officer' });
      await query(
        `INSERT INTO api_key (id, token_hash, hint, name, profile_id, scope, created_by, maker_id, created_at, expires_at)
         SELECT gen_random_uuid(), 'h', 'ce_x', 'Intranet', 'cetim', 'write', name, id, created_at, created_at + interval '1 day' FROM person WHERE email = $1`,
        [email],
      );
      accounts[login]!.groups = ['europe'];
      await idp.knows(accounts);
      expect(await enter(login)).toMatchObject({ role: 'reader' });
      expect(await mailsTo(server, stays.person.email)).toEqual([
        expect.objectContaining({
          kind: 'departure',
          subject: 'Demi Ted has a new role: what no longer works',
          text: expect.stringMatching(/Account groups changed the role of Demi Ted[^]*Intranet/),
        }),
      ]);
    });

    it('leaves an institute its last officer', async () => {
      await query(`UPDATE person SET removed_at = now() WHERE profile_id = 'cetim'`);
      const login = await account({ email: 'last@cetim.test', groups: ['europe-officers'] });
      expect(await enter(login)).toMatchObject({ role: 'officer' });
      accounts[login]!.groups = ['europe'];
      await idp.knows(accounts);
      expect(await enter(login)).toMatchObject({ role: 'officer' });
    });

    it('brings back nobody whom the institute removed', async () => {
      const login = await account({ email: 'removed@cetim.test', groups: ['europe'] });
      await somebody(server, { role: 'reader', profile: 'cetim', email: 'removed@cetim.test' });
      await query(`UPDATE person SET removed_at = now() WHERE email = 'removed@cetim.test'`);
      expect(await enter(login)).toBe(403);
    });
  });

  describe('an answer that is not to be trusted', () => {
    const refused = async (b: Browser, path: string, cookie?: string): Promise<void> => {
      const answer = await b.request(path, cookie === undefined ? {} : { headers: { cookie } });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('Start again');
      expect(b.cookie).not.toContain('session=');
    };

    it('signs in nobody who did not ask: another browser, no cookie, one that was changed', async () => {
      const { login } = await invited();
      const [mine, theirs] = [browser(), browser()];
      const back = await idp.visit(mine, '/sign-in/with/leti', login);
      await theirs.get('/sign-in/with/leti');
      await refused(theirs, back);
      await refused(browser(), back);
      await refused(browser(), back, 'lang=en; sign-on=eyJzdGF0ZSI6IjEifQ');
      await refused(
        browser(),
        back,
        mine.cookie.replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A')),
      );
      expect((await mine.get(back)).status).toBe(303);
      expect((await mine.get(back)).status).toBe(400);
    });

    it('takes a code once, and in time', async () => {
      const { login } = await invited();
      const b = browser();
      const back = await idp.visit(b, '/sign-in/with/leti', login);
      const kept = b.cookie;
      await b.get(back);
      expect(kept).toContain('sign-on=');
      await refused(browser(), back, kept);
      const late = browser();
      const return_ = await idp.visit(late, '/sign-in/with/leti', login);
      clock.move({ minutes: 31 });
      await refused(late, return_);
    });

    it('takes nothing of one provider for another', async () => {
      const { login } = await invited();
      const b = browser();
      const back = await idp.visit(b, '/sign-in/with/leti', login);
      await refused(b, back.replace('/with/leti/', '/with/all/'));
    });

    it('says it where somebody cancelled', async () => {
      const b = browser();
      const state = new URL((await b.get('/sign-in/with/leti')).location!).searchParams.get('state')!;
      const iss = encodeURIComponent(idp.issuer);
      const answer = await b.get(`/sign-in/with/leti/return?error=access_denied&state=${state}&iss=${iss}`);
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('cancelled or refused');
    });

    it('counts how often a network fails, and holds nobody else up', async () => {
      const [b, { login }] = [browser(), await invited()];
      let status = 0;
      for (let i = 0; i < 120 && status !== 429; i += 1)
        ({ status } = await b.get('/sign-in/with/leti/return?code=guess&state=guess'));
      expect(status).toBe(429);
      expect((await idp.signIn(browser(), '/sign-in/with/leti', login)).status).toBe(303);
      await query('DELETE FROM sign_in_rate_limit');
    });
  });

  describe('what opens a way in to others', () => {
    const opens = async (b: Browser): Promise<number> =>
      (
        await b.request('/v1/me/keys', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: 'sheet', scope: 'read' }),
        })
      ).status;

    it('asks the provider anew, who must not take an old sign-in for one', async () => {
      const { login } = await invited();
      const [b, there] = [browser(), new Browser(idp.issuer)];
      await idp.signIn(b, '/sign-in/with/leti', login, there);
      clock.move({ minutes: 20 });
      expect(await opens(b)).toBe(403);
      const page = await b.get('/sign-in/confirm?next=%2Fme');
      expect(page.body).toContain('href="/sign-in/with/leti?next=%2Fme"');
      const leaving = new URL((await b.get('/sign-in/with/leti')).location!);
      expect([leaving.searchParams.get('prompt'), leaving.searchParams.get('max_age')]).toEqual([
        'login',
        '0',
      ]);
      expect((await idp.signIn(b, '/sign-in/with/leti?next=%2Fme', login, there)).location).toBe('/me');
      expect(await opens(b)).toBe(200);
    });

    it('takes nobody else’s account for a confirmation', async () => {
      const [one, other] = [await invited(), await invited()];
      await idp.signIn(browser(), '/sign-in/with/leti', other.login);
      const b = browser();
      await idp.signIn(b, '/sign-in/with/leti', one.login);
      const answer = await idp.signIn(b, '/sign-in/with/leti', other.login);
      expect(answer.status).toBe(403);
      expect(await me(b)).toMatchObject({ email: one.email });
    });
  });

  describe('where it is required', () => {
    it('mails no link to such an address, whoever has it', async () => {
      await somebody(server, { role: 'officer', profile: 'icm', email: 'one@icm.test' });
      for (const email of ['one@icm.test', 'nobody@icm.test']) {
        const answer = await browser().post('/sign-in', { email, next: '/calls' });
        expect(answer.body).toContain(
          `href="/sign-in/with/only?next=%2Fcalls&amp;address=${encodeURIComponent(email)}"`,
        );
        expect(await mailsTo(server, email)).toEqual([]);
      }
    });

    it('lets nobody in by a link that was sent before', async () => {
      await somebody(server, { role: 'officer', profile: 'leti', email: `earlier@${DOMAIN}` });
      await browser().post('/sign-in', { email: `earlier@${DOMAIN}` });
      const link = await linkTo(server, `earlier@${DOMAIN}`);
      await query(`UPDATE person SET email = 'earlier@icm.test', profile_id = 'icm' WHERE email = $1`, [
        `earlier@${DOMAIN}`,
      ]);
      expect((await browser().get(link)).status).toBe(410);
      expect((await browser().post(link)).status).toBe(410);
    });

    it('leads an invitation there', async () => {
      const officer = await somebody(server, { role: 'officer', profile: 'icm', email: 'inviting@icm.test' });
      await officer.request('/v1/profiles/icm/people', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'New', email: 'invited@icm.test', role: 'reader', language: 'en' }),
      });
      const [mail] = await mailsTo(server, 'invited@icm.test');
      expect(mail!.text).toContain(`${PUBLIC_URL}/sign-in/with/only`);
      // It is no link of ours: no button follows, and it neither expires nor is used up.
      expect(mail!.text.replaceAll('\n', ' ')).toMatch(/sign in with your .+ account:/);
      expect(mail!.text).not.toMatch(/button|valid|new one/);
      expect(
        await query('SELECT 1 FROM sign_in_link l JOIN person p ON p.id = l.person_id WHERE p.email = $1', [
          'invited@icm.test',
        ]),
      ).toEqual([]);
      const login = await account({ email: 'invited@icm.test' });
      expect((await idp.signIn(browser(), '/sign-in/with/only', login)).status).toBe(303);
    });
  });

  it('says it where the provider does not answer, and goes on once it does', async () => {
    const { login } = await invited();
    const b = browser();
    const back = await idp.visit(b, '/sign-in/with/leti', login);
    await idp.stop();
    const down = await b.get(back);
    expect(down.status).toBe(502);
    expect(down.body).toContain('does not respond');
    expect(down.body).toContain('href="/sign-in"');
    await idp.again();
    await idp.knows(accounts);
    expect((await idp.signIn(browser(), '/sign-in/with/leti', login)).status).toBe(303);
  });

  it('knows no other provider', async () => {
    expect((await browser().get('/sign-in/with/google')).status).toBe(404);
    expect((await browser().get('/sign-in/with/google/return?code=1')).status).toBe(404);
  });

  it('is entered in the audit log of the institute where it fails', async () => {
    const officer = await somebody(server, { role: 'officer', profile: 'leti' });
    const { items } = JSON.parse((await officer.get('/v1/audit?limit=100')).body) as {
      items: { action: string; detail: object }[];
    };
    expect(items.filter((i) => i.action === 'sign-in.failed').map((i) => i.detail)).toContainEqual({
      by: 'leti',
      why: 'other-institute',
    });
  });
});
