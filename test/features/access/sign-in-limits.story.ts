import { load } from 'cheerio';
import { MOST_SIGN_IN_LINKS } from '../../../src/kernel/lifetimes.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { mailsTo, linkIn, linkTo } from '../../support/notifications/mails.js';
import { Browser, somebody } from '../../support/access/people.js';

describe('who tries too often', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
  });
  afterAll(() => server?.stop());
  const ask = (email: string) => new Browser(server.url).post('/sign-in', { email });

  it('gets no more mails to one address, known or not, and whoever has it is not kept out: each link that was sent still signs in', async () => {
    await somebody(server, { role: 'officer', profile: 'leti', email: 'known@leti.test' });
    const answers = [];
    for (const email of ['known@leti.test', 'unknown@leti.test']) {
      for (let i = 0; i < 7; i += 1) answers.push(await ask(email));
    }
    const said = answers.map(({ status, body }) => ({
      status,
      body: load(body)('main')
        .html()!
        .replaceAll(/(un)?known@leti\.test/g, '…'),
    }));
    expect(said).toEqual(Array(14).fill({ status: 200, body: expect.stringContaining('5 liens') }));
    expect(new Set(said.map((s) => s.body)).size).toBe(1);
    const mails = await mailsTo(server, 'known@leti.test');
    expect(mails).toHaveLength(MOST_SIGN_IN_LINKS);
    for (const { text } of mails) expect((await new Browser(server.url).post(linkIn(text))).status).toBe(303);
    expect((await ask('other@leti.test')).status).toBe(200);
  });

  it('keeps no institute from inviting whom a stranger asked links for', async () => {
    const officer = await somebody(server, { role: 'officer', profile: 'leti' });
    for (let i = 0; i < 6; i += 1) await ask('invited@leti.test');
    const invited = await api(server.url, '/v1/profiles/leti/people', {
      method: 'POST',
      body: { name: 'I', email: 'invited@leti.test' },
      token: officer,
    });
    expect(invited.status).toBe(200);
    expect((await mailsTo(server, 'invited@leti.test')).map((l) => l.kind)).toEqual(['invitation']);
  });

  it('with links that are dead is stopped, and one whose link is good comes in from the same network', async () => {
    await somebody(server, { role: 'officer', profile: 'leti', email: 'neighbour@leti.test' });
    await ask('neighbour@leti.test');
    const link = await linkTo(server, 'neighbour@leti.test');
    const statuses = new Set<number>();
    for (let i = 0; i < 101; i += 1)
      statuses.add((await new Browser(server.url).post(`/sign-in/${'x'.repeat(43)}`)).status);
    expect([...statuses]).toEqual([410, 429]);
    expect((await new Browser(server.url).post(link)).status).toBe(303);
  });

  it('gets no more mails from one network, whoever they are for', async () => {
    const answers = await Promise.all(
      Array.from({ length: 41 }, (_, i) =>
        new Browser(server.url).post('/sign-in', {
          email: `somebody${i}@leti.test`,
          next: '/deadlines?month=2026-07',
        }),
      ),
    );
    const refused = answers.find((a) => a.status === 429)!;
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(600);
    expect(load(refused.body)('input[name=next]').val()).toBe('/deadlines?month=2026-07');
  });

  it('may not guess the admin token on and on, the right one included', async () => {
    const enter = (token: string) =>
      new Browser(server.url).post('/sign-in/first-start', { token, name: 'Op', email: 'op@carnot.test' });
    const statuses = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await enter(`guess-${i}`)).status);
    expect(statuses).toEqual(Array(10).fill(403));
    const late = await enter(TOKEN);
    expect(late.status).toBe(429);
    expect(late.headers.getSetCookie()).toEqual([]);
  });
});

describe('the first start', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
  });
  afterAll(() => server?.stop());
  const enter = (form: Record<string, string>) => {
    const b = new Browser(server.url);
    return b.post('/sign-in/first-start', form).then((answer) => ({ ...answer, browser: b }));
  };

  it('takes no wrong token, never shows it again, and makes nobody of an institute a coordinator', async () => {
    expect((await new Browser(server.url).get('/sign-in')).body).toMatch(/<details[^>]* open/);
    const wrong = await enter({ token: `${TOKEN}x`, name: 'Op', email: 'op2@carnot.test' });
    expect(wrong.status).toBe(403);
    expect(wrong.body).toContain('value="op2@carnot.test"');
    expect(wrong.body).not.toContain(TOKEN);
    await somebody(server, { role: 'reader', profile: 'leti', email: 'reader@leti.test' });
    const taken = await enter({ token: TOKEN, name: 'R', email: 'reader@leti.test' });
    expect([taken.status, taken.browser.cookie]).toEqual([409, '']);
  });

  it('makes whoever has the admin token the coordinator, and is over then: the token signs nobody in any more', async () => {
    const first = await enter({ token: TOKEN, name: 'Op', email: 'Op@Carnot.test' });
    expect([first.status, first.location]).toEqual([303, '/institutes']);
    expect(JSON.parse((await first.browser.get('/v1/me')).body)).toMatchObject({
      role: 'coordinator',
      email: 'op@carnot.test',
      profile: null,
    });
    expect((await new Browser(server.url).get('/sign-in')).body).not.toContain(
      'action="/sign-in/first-start"',
    );
    for (const email of ['op@carnot.test', 'second@carnot.test']) {
      const later = await enter({ token: TOKEN, name: 'Another', email });
      expect([later.status, later.browser.cookie]).toEqual([403, '']);
    }
    expect(
      (await api(server.url, '/v1/coordinators')).body.items.map((p: { name: string }) => p.name),
    ).toEqual(['Op']);
  });
});

describe('behind a proxy', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({ PROXY_HOPS: '1' }, { working: false });
  });
  afterAll(() => server?.stop());

  it('whoever asks is counted by the network that the proxy saw, and what they write into the header themselves by none', async () => {
    const from = (address: string, i: number) =>
      new Browser(server.url).request('/sign-in', {
        method: 'POST',
        body: new URLSearchParams({ email: `p${i}@leti.test` }),
        headers: { 'x-forwarded-for': `198.51.100.${i}, ${address}` },
      });
    const stranger = [];
    // A few at a time: what counts them has two connections, and those who wait too long for one are told so.
    for (let i = 0; i < 41; i += 10)
      stranger.push(
        ...(await Promise.all(
          Array.from({ length: Math.min(10, 41 - i) }, (_, n) => from('203.0.113.7', i + n)),
        )),
      );
    expect(stranger.filter((a) => a.status === 429)).toHaveLength(1);
    expect((await from('203.0.113.8', 50)).status).toBe(200);
  });
});

describe('behind TLS', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({ PUBLIC_URL: 'https://calls.test' }, { working: false });
  });
  afterAll(() => server?.stop());

  it("the session's cookie is the host's alone and leaves by TLS only", async () => {
    const answer = await new Browser(server.url).post('/sign-in/first-start', {
      token: TOKEN,
      name: 'Op',
      email: 'op@carnot.test',
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-session=[\w-]{43}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const me = await somebody(server, { role: 'coordinator' });
    expect((await me.get('/v1/me')).status).toBe(200);
    expect((await new Browser(server.url, me.cookie.replace('__Host-', '')).get('/v1/me')).status).toBe(401);
  });
});
