import { load } from 'cheerio';
import { startApp, TOKEN, type TestApp } from '../../support/app.js';
import { lettersTo } from '../../support/letters.js';
import { Browser, somebody } from '../../support/people.js';

describe('who tries too often', () => {
  let server: TestApp;
  beforeAll(async () => { server = await startApp({}, { working: false }); }, 60_000);
  afterAll(() => server?.stop());
  const ask = (email: string) => new Browser(server.url).post('/sign-in', { email });

  it('gets no more mails to one address, known or not, is told when to come back, and others are not held up', async () => {
    await somebody(server, { role: 'officer', profile: 'leti', email: 'known@leti.test' });
    for (const email of ['known@leti.test', 'unknown@leti.test']) {
      const answers = await Promise.all(Array.from({ length: 7 }, () => ask(email)));
      expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 200, 200, 429, 429]);
      const refused = answers.find((a) => a.status === 429)!;
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(600);
      expect(refused.body).toContain(`value="${email}"`);
    }
    expect(await lettersTo(server, 'known@leti.test')).toHaveLength(5);
    expect((await ask('other@leti.test')).status).toBe(200);
  });

  it('still comes to the page that was asked for, once it is not too often any more', async () => {
    const ask7 = Array.from({ length: 7 }, () => new Browser(server.url).post('/sign-in', { email: 'next@leti.test', next: '/deadlines?month=2026-07' }));
    const refused = (await Promise.all(ask7)).find((a) => a.status === 429)!;
    expect(load(refused.body)('input[name=next]').val()).toBe('/deadlines?month=2026-07');
  });

  it('gets no more mails from one network, whoever they are for', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => ask(`somebody${i}@leti.test`)));
    expect(answers.some((a) => a.status === 429)).toBe(true);
  });

  it('may not guess the admin token on and on, the right one included', async () => {
    const enter = (token: string) => new Browser(server.url).post('/sign-in/first-start', { token, name: 'Op', email: 'op@carnot.test' });
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
  beforeAll(async () => { server = await startApp({}, { working: false }); }, 60_000);
  afterAll(() => server?.stop());
  const enter = (form: Record<string, string>) => {
    const b = new Browser(server.url);
    return b.post('/sign-in/first-start', form).then((answer) => ({ ...answer, browser: b }));
  };

  it('makes whoever has the admin token the coordinator, the second time the same one', async () => {
    expect((await new Browser(server.url).get('/sign-in')).body).toMatch(/<details[^>]* open/);
    const first = await enter({ token: TOKEN, name: 'Op', email: 'Op@Carnot.test' });
    expect([first.status, first.location]).toEqual([303, '/institutes']);
    expect(JSON.parse((await first.browser.get('/v1/me')).body)).toMatchObject({ role: 'coordinator', email: 'op@carnot.test', profile: null });
    const again = await enter({ token: TOKEN, name: 'Another name', email: 'op@carnot.test' });
    const people = JSON.parse((await again.browser.get('/v1/coordinators')).body).items;
    expect(people.map((p: { name: string }) => p.name)).toEqual(['Op']);
    expect((await new Browser(server.url).get('/sign-in')).body).not.toMatch(/<details[^>]* open/);
  });

  it('takes no wrong token, never shows it again, and makes nobody of an institute a coordinator', async () => {
    const wrong = await enter({ token: `${TOKEN}x`, name: 'Op', email: 'op2@carnot.test' });
    expect(wrong.status).toBe(403);
    expect(wrong.body).toContain('value="op2@carnot.test"');
    expect(wrong.body).not.toContain(TOKEN);
    await somebody(server, { role: 'reader', profile: 'leti', email: 'reader@leti.test' });
    const taken = await enter({ token: TOKEN, name: 'R', email: 'reader@leti.test' });
    expect([taken.status, taken.browser.cookie]).toEqual([409, '']);
  });
});

describe('behind TLS', () => {
  let server: TestApp;
  beforeAll(async () => { server = await startApp({ PUBLIC_URL: 'https://calls.test' }, { working: false }); }, 60_000);
  afterAll(() => server?.stop());

  it('the session\'s cookie is the host\'s alone and leaves by TLS only', async () => {
    const answer = await new Browser(server.url).post('/sign-in/first-start', { token: TOKEN, name: 'Op', email: 'op@carnot.test' });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-session=[\w-]{43}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/);
    const me = await somebody(server, { role: 'coordinator' });
    expect((await me.get('/v1/me')).status).toBe(200);
    expect((await new Browser(server.url, me.cookie.replace('__Host-', '')).get('/v1/me')).status).toBe(401);
  });
});
