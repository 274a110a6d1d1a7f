import { DataSource } from 'typeorm';
import { PersonRepository } from '../../../src/access/store/person.repository.js';
import { Sessions } from '../../../src/access/sessions.js';
import { Unauthorized } from '../../../src/kernel/errors.js';
import { startApp, TOKEN, type TestApp } from '../../support/app.js';
import { dayText } from '../../../src/ui/dates.js';
import { TestClock } from '../../support/clock.js';
import { mailsTo, linkIn, linkTo } from '../../support/notifications/mails.js';
import { Browser, somebody } from '../../support/access/people.js';

describe('signing in', () => {
  const clock = new TestClock('2026-05-06T10:00:00Z');
  let server: TestApp;
  let people = 0;
  beforeAll(async () => {
    server = await startApp({ PUBLIC_URL: 'http://calls.test' }, { working: false, clock });
  });
  afterAll(() => server?.stop());

  const query = <T = any>(sql: string, values: unknown[] = []): Promise<T[]> =>
    server.app.get(DataSource).query(sql, values);
  const browser = (): Browser => new Browser(server.url);
  const sessionOf = (b: Browser): string | undefined => /(?:^|; )session=([^;]*)/.exec(b.cookie)?.[1];

  /** Creates a person of an institute who requests their first link, and returns that link. */
  async function asked(next?: string): Promise<{ email: string; link: string }> {
    people += 1;
    const email = `person${people}@leti.test`;
    await somebody(server, { role: 'officer', profile: 'leti', name: `Person ${people}`, email });
    await browser().post('/sign-in', { email: email.toUpperCase(), ...(next && { next }) });
    return { email, link: await linkTo(server, email) };
  }

  it("takes the mail's link, and then the button", async () => {
    const { email, link } = await asked();
    const b = browser();
    const page = await b.get(link);
    expect(page.status).toBe(200);
    expect(page.body).toContain(email);
    expect([b.cookie, page.headers.get('referrer-policy'), page.headers.get('cache-control')]).toEqual([
      '',
      'strict-origin',
      'no-store',
    ]);
    const done = await b.post(link);
    expect([done.status, done.location]).toEqual([303, '/institutes/leti/inbox']);
    expect(done.headers.getSetCookie()[0]).toMatch(
      /^session=[\w-]{43}; Max-Age=\d+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    expect(JSON.parse((await b.get('/v1/me')).body)).toMatchObject({
      kind: 'person',
      role: 'officer',
      email,
      writes: true,
      profile: { id: 'leti', name: 'Carnot CEA-Leti' },
    });
  });

  it('begins no session for somebody who was removed since their link was read, even if they are invited back', async () => {
    const { email } = await asked();
    const people = server.app.get(PersonRepository);
    const person = (await people.byEmail(email))!;
    const sessions = () => query('SELECT id FROM session WHERE person_id = $1', [person.id]);
    const before = await sessions();
    await query('UPDATE person SET removed_at = now() WHERE id = $1', [person.id]);
    const device = { userAgent: null, before: null };
    await expect(server.app.get(Sessions).begin(person, device, null)).rejects.toThrow(Unauthorized);
    await query('UPDATE person SET removed_at = NULL WHERE id = $1', [person.id]);
    expect(await sessions()).toEqual(before);
  });

  it('works after a scanner has opened the link, however often and by whatever method that changes nothing', async () => {
    const { link } = await asked();
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS'])
      await browser().request(link, { method, headers: { 'user-agent': 'LinkScanner/1.0' } });
    expect((await browser().post(link)).status).toBe(303);
  });

  it('happens once: of two who press the button at the same moment one comes in, and later nobody', async () => {
    const { link } = await asked();
    const both = await Promise.all([browser().post(link), browser().post(link)]);
    expect(both.map((r) => r.status).sort()).toEqual([303, 410]);
    for (const later of [await browser().post(link), await browser().get(link)]) {
      expect(later.status).toBe(410);
      expect(later.body).toContain('action="/sign-in"');
      expect(later.headers.getSetCookie()).toEqual([]);
    }
  });

  it('has to happen within 15 minutes', async () => {
    const [early, late] = [await asked(), await asked()];
    clock.move({ minutes: 14 });
    expect((await browser().post(early.link)).status).toBe(303);
    clock.move({ minutes: 2 });
    expect((await browser().get(late.link)).status).toBe(410);
    expect((await browser().post(late.link)).status).toBe(410);
    expect((await browser().post(`/sign-in/${'A'.repeat(43)}`)).status).toBe(410);
  });

  it('answers an unknown, a removed and a known address alike, in words and in time', async () => {
    const { email } = await asked();
    await query('UPDATE person SET removed_at = now() WHERE email = $1', ['person1@leti.test']);
    const before = (await mailsTo(server, 'person1@leti.test')).length;
    const answers = [];
    for (const address of [email, 'nobody@leti.test', 'person1@leti.test']) {
      const start = performance.now();
      const { status, body, headers } = await browser().post('/sign-in', { email: address });
      expect(performance.now() - start).toBeGreaterThan(395);
      answers.push({ status, body: body.replaceAll(address, '…'), cookies: headers.getSetCookie() });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect([
      (await mailsTo(server, email)).length,
      (await mailsTo(server, 'nobody@leti.test')).length,
      (await mailsTo(server, 'person1@leti.test')).length,
    ]).toEqual([2, 0, before]);
  });

  it('leads to the page that was asked for, if it is one of ours', async () => {
    const b = browser();
    const away = await b.get('/institutes/leti/team?x=1');
    expect([away.status, away.location]).toEqual([303, '/sign-in?next=%2Finstitutes%2Fleti%2Fteam%3Fx%3D1']);
    expect((await b.get(away.location!)).body).toContain('name="next" value="/institutes/leti/team?x=1"');
    const own = await asked('/institutes/leti/team?x=1');
    expect((await b.post(own.link)).location).toBe('/institutes/leti/team?x=1');
    // A search in words with accents makes a long address.
    const words = encodeURIComponent('matériaux énergétiques à hydrogène '.repeat(14));
    const long = `/institutes/leti/inbox?status=any&competence=${encodeURIComponent('Énergie à hydrogène')}&q=${words}`;
    const stranger = browser();
    expect((await stranger.get((await stranger.get(long)).location!)).body).toContain('name="next"');
    expect((await stranger.post((await asked(long)).link)).location).toBe(long);
    for (const next of [
      '//elsewhere.example/x',
      '/\\elsewhere.example',
      'https://elsewhere.example/',
      '/.//elsewhere.example',
    ]) {
      expect((await browser().get(`/sign-in?next=${encodeURIComponent(next)}`)).body).not.toContain(
        'name="next"',
      );
      expect((await b.get(`/sign-in?next=${encodeURIComponent(next)}`)).location).toBe(
        '/institutes/leti/inbox',
      );
    }
    const evil = await asked('//elsewhere.example/x');
    expect((await browser().post(evil.link)).location).toBe('/institutes/leti/inbox');
  });

  it('makes a session of its own, whatever the browser came with, and ends the one that it had', async () => {
    const first = await asked();
    const fixed = new Browser(server.url, 'session=chosen-by-another');
    await fixed.post(first.link);
    const old = sessionOf(fixed)!;
    expect(old).toMatch(/^[\w-]{43}$/);
    const second = await asked();
    await fixed.post(second.link);
    expect(sessionOf(fixed)).not.toBe(old);
    expect((await new Browser(server.url, `session=${old}`).get('/v1/me')).status).toBe(401);
  });

  it('is refused where another site sends the form', async () => {
    const { link } = await asked();
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }] as Record<
      string,
      string
    >[]) {
      for (const path of [link, '/sign-in', '/sign-in/first-start'])
        expect((await browser().request(path, { method: 'POST', headers })).status).toBe(403);
    }
    const old = await fetch(new URL(link, server.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: 'http://elsewhere.example' },
    });
    expect(old.status).toBe(403);
    const session = await somebody(server, { role: 'officer', profile: 'leti' });
    expect(
      (await session.request('/sign-out', { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(403);
    expect((await session.get('/v1/me')).status).toBe(200);
    expect((await browser().post(link)).status).toBe(303);
  });

  it('ends with signing out', async () => {
    const me = await somebody(server, { role: 'officer', profile: 'leti' });
    const cookie = me.cookie;
    const out = await me.post('/sign-out');
    expect([out.status, out.location, sessionOf(me)]).toEqual([303, '/sign-in', undefined]);
    expect((await new Browser(server.url, cookie).get('/v1/me')).status).toBe(401);
  });

  it('ends by itself after 30 days without use, and after 90 days in any case', async () => {
    const [idle, busy] = [
      await somebody(server, { role: 'officer', profile: 'leti' }),
      await somebody(server, { role: 'officer', profile: 'leti' }),
    ];
    for (let days = 0; days < 90; days += 15) {
      expect((await busy.get('/v1/me')).status).toBe(200);
      clock.move({ hours: 15 * 24 });
      if (days === 15) expect((await idle.get('/v1/me')).status).toBe(401);
    }
    expect((await busy.get('/v1/me')).status).toBe(401);
  });

  it('says on the account page on which day an unused browser is signed out, and no browser keeps its cookie longer than 90 days', async () => {
    const { link } = await asked();
    const b = browser();
    const signedIn = await b.post(link);
    expect(signedIn.headers.getSetCookie().join()).toContain(`Max-Age=${90 * 24 * 3600}`);
    const until = new Date(clock.now().getTime() + 30 * 24 * 3_600_000);
    const day = dayText({ language: 'en' }, until);
    expect((await b.get('/account?lang=en')).status).toBe(303);
    expect((await b.get('/account')).body).toContain(`signed out on ${day} if not used`);
  });

  it('keeps links and sessions as hashes alone', async () => {
    const { link } = await asked();
    const b = browser();
    await b.post(link);
    const secrets = [link.split('/').at(-1)!, sessionOf(b)!];
    await query("UPDATE transactional_mail SET text = '', html = ''"); // As the worker does after sending.
    const tables: { name: string }[] = await query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    for (const { name } of tables) {
      const rows = JSON.stringify(await query(`SELECT * FROM "${name}"`));
      expect({ name, leaks: secrets.filter((s) => rows.includes(s)) }).toEqual({ name, leaks: [] });
    }
  });

  it("says a link's token in no log, not even where something breaks", async () => {
    const { link } = await asked();
    const said: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const writeError = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    await query('ALTER TABLE session RENAME TO gone');
    try {
      expect((await browser().post(link)).status).toBe(500);
    } finally {
      await query('ALTER TABLE gone RENAME TO session');
      write.mockRestore();
      writeError.mockRestore();
    }
    expect(said.join('')).toContain('POST /sign-in/…');
    expect(said.join('')).not.toContain(link.split('/').at(-1));
  });

  it("comes with a mail in the person's language, whose link is good under PUBLIC_URL", async () => {
    await somebody(server, {
      role: 'reader',
      profile: 'brgm',
      email: 'zoe@brgm.test',
      name: 'Zoé',
      language: 'fr',
    });
    await browser().post('/sign-in', { email: 'zoe@brgm.test' });
    const [mail] = await mailsTo(server, 'zoe@brgm.test');
    expect(mail).toMatchObject({ kind: 'sign-in', subject: 'Votre lien de connexion à Carnot Europe' });
    expect(mail!.text).toContain(`http://calls.test${linkIn(mail!.text)}`);
  });

  it('keeps a form that cannot be read as it was typed', async () => {
    const { status, body } = await browser().post('/sign-in', { email: 'not an address' });
    expect(status).toBe(422);
    expect(body).toContain('value="not an address"');
    expect(body).not.toContain(TOKEN);
  });
});
