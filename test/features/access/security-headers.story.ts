import { load } from 'cheerio';
import { request, type IncomingHttpHeaders } from 'node:http';
import { startApp, TOKEN, type TestApp } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { everyPage, fetchCounted, filesOf } from '../../support/pages/pages.js';
import { somebody, type Answer } from '../../support/access/people.js';
import { startTwoInstitutes, type TwoInstitutes } from '../../support/access/two-institutes.js';

const directives = (policy: string): Record<string, string> =>
  Object.fromEntries(
    policy
      .split(';')
      .map((d) => d.trim())
      .filter(Boolean)
      .map((d): [string, string] => [d.split(' ')[0]!, d.split(' ').slice(1).join(' ')]),
  );

interface Raw {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Returns the inline scripts and styles of a page, which the policy forbids. */
function inside(html: string): string[] {
  const page = load(html);
  const found: string[] = [];
  page('style').each(() => void found.push('a style element'));
  page('script:not([src])').each(() => void found.push('a script inside'));
  page('*').each((_, element) => {
    for (const [name, value] of Object.entries(
      (element as { attribs?: Record<string, string> }).attribs ?? {},
    )) {
      if (name === 'style' || name.startsWith('on') || name.startsWith('hx-on'))
        found.push(`${name}="${value}"`);
      if (
        /^\s*(javascript|vbscript|data):/i.test(value) &&
        ['href', 'src', 'action', 'formaction'].includes(name)
      )
        found.push(`${name}="${value}"`);
      if (['src', 'action', 'formaction'].includes(name) && /^(https?:)?\/\//.test(value))
        found.push(`${name}="${value}" of another site`);
    }
  });
  return found;
}

describe('what every answer carries', () => {
  let world: TwoInstitutes;
  beforeAll(async () => {
    world = await startTwoInstitutes();
  });
  afterAll(() => world?.stop());

  it('is, on each page, a policy that lets nothing inside run and no other site in, and no id twice', async () => {
    const wrong: string[] = [];
    let seen = 0;
    await everyPage(world, async ({ name, headers, html }) => {
      seen += 1;
      const {
        'default-src': all,
        'script-src': scripts,
        'style-src': styles,
        ...rest
      } = directives(String(headers['content-security-policy']));
      const own =
        all === "'none'" &&
        scripts === "'self'" &&
        styles === "'self'" &&
        rest['frame-ancestors'] === "'none'" &&
        rest['form-action'] === "'self'" &&
        rest['object-src'] === "'none'" &&
        rest['base-uri'] === "'none'";
      if (!own) wrong.push(`${name}: ${headers['content-security-policy']}`);
      if (headers['cache-control'] !== 'no-store')
        wrong.push(`${name}: may be stored: ${headers['cache-control']}`);
      if (
        headers['x-content-type-options'] !== 'nosniff' ||
        !['same-origin', 'strict-origin', 'no-referrer'].includes(String(headers['referrer-policy'])) ||
        headers['x-powered-by']
      )
        wrong.push(`${name}: ${JSON.stringify(headers)}`);
      wrong.push(...inside(html).map((what) => `${name}: ${what}`));
      // The page of all components has one that takes ids of its own in both looks.
      const ids = name === 'GET /ui' ? [] : [...html.matchAll(/<[^>]*\sid="([^"]*)"/g)].map(([, id]) => id);
      wrong.push(...ids.filter((id, i) => ids.indexOf(id) < i).map((id) => `${name}: twice the id ${id}`));
    });
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(15);
  });

  it('is for all pages the same where something went wrong', async () => {
    for (const path of ['/nothing-here', '/institutes/3bcar/inbox', '/sign-in/wrong']) {
      const { headers, body, status } = await fetchCounted(
        new URL(path, world.test.url).href,
        world.leti.officer.cookie,
        true,
      );
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("script-src 'self'"),
      });
      expect(inside(body.toString('utf8'))).toEqual([]);
    }
  });

  it('is for the API not to be stored, and for files of pages to be kept for good', async () => {
    const calls = await fetchCounted(new URL('/v1/calls', world.test.url).href, world.leti.officer.cookie);
    expect(calls.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    const signIn = await fetchCounted(new URL('/sign-in', world.test.url).href, '', true);
    const files = filesOf(signIn.body.toString('utf8'));
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const { status, headers } = await fetchCounted(new URL(file, world.test.url).href, '');
      expect({ file, status, cache: headers['cache-control'], type: headers['content-type'] }).toEqual({
        file,
        status: 200,
        cache: expect.stringMatching(/max-age=31536000.*immutable/),
        type: expect.stringMatching(/^(text\/(css|javascript)|image\/svg\+xml); charset=utf-8$/),
      });
    }
    expect(files.some((file) => file.includes('.svg'))).toBe(true);
  });

  it('lets no other origin read, shows no folder, and says nothing back that was sent', async () => {
    const { url } = world.test;
    const { cookie } = world.leti.officer;
    const ask = (path: string, method: string, headers: Record<string, string> = {}): Promise<Raw> =>
      new Promise((resolve, reject) => {
        request(new URL(path, url), { method, headers: { cookie, ...headers } }, (response) => {
          const { statusCode: status, headers: answered } = response;
          void response.toArray().then((parts) => {
            resolve({ status, headers: answered, body: Buffer.concat(parts as Buffer[]).toString() });
          }, reject);
        })
          .on('error', reject)
          .end();
      });
    const origin = 'https://elsewhere.example';
    for (const [path, method] of [
      ['/v1/calls', 'GET'],
      ['/v1/calls', 'OPTIONS'],
      ['/sign-in', 'OPTIONS'],
    ] as const) {
      const { headers } = await ask(path, method, { origin, 'access-control-request-method': 'PUT' });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
    for (const folder of ['/assets', '/assets/', '/assets/install', '/assets/install/'])
      expect([folder, (await ask(folder, 'GET')).status]).toEqual([folder, 404]);
    const traced = await ask('/v1/calls', 'TRACE', { 'x-told': 'what-was-sent' });
    expect([traced.status, traced.body.includes('what-was-sent')]).toEqual([405, false]);
  });

  it("is refused to another site's form, and to one that says nothing of where it is", async () => {
    const { url } = world.test;
    const post = (headers: Record<string, string>) =>
      fetch(new URL('/sign-out', url), {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: world.leti.reader.cookie, ...headers },
      });
    const foreign: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ];
    for (const headers of foreign) expect((await post(headers)).status).toBe(403);
    expect((await world.leti.reader.get('/sources')).status).toBe(200);
  });

  it('finds what it looks for', () => {
    expect(
      inside(
        '<p style="x">a</p><script>b</script><style></style><a href="javascript:c">d</a><button onclick="e">f</button><img src="https://x.example/y.png">',
      ),
    ).toHaveLength(6);
    expect(
      inside('<script src="/assets/app.js"></script><a href="https://ec.europa.eu/">portal</a>'),
    ).toEqual([]);
  });
});

describe('cookies', () => {
  let plain: TestApp;
  let tls: TestApp;
  beforeAll(async () => {
    plain = await startApp({ PUBLIC_URL: 'http://calls.test' }, { working: false });
    tls = await startApp({ PUBLIC_URL: 'https://calls.example.org' }, { working: false });
  });
  afterAll(async () => {
    await plain?.stop();
    await tls?.stop();
  });

  it('of a session are out of reach of scripts and other sites, and of this host alone where there is TLS', async () => {
    for (const [test, name, secure] of [
      [plain, 'session', false],
      [tls, '__Host-session', true],
    ] as const) {
      const person = await somebody(test, { role: 'coordinator' });
      expect(person.cookie).toMatch(new RegExp(`^${name}=`));
      const { headers } = await person.post('/sign-out');
      const cookie = headers.getSetCookie().find((c) => c.startsWith(`${name}=`))!;
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=(Lax|Strict)/);
      expect(cookie).toMatch(/; Path=\//);
      expect(/; Secure/.test(cookie)).toBe(secure);
    }
  });

  it('of the language, and of what was done, are no others', async () => {
    for (const [test, prefix, secure] of [
      [plain, '', ''],
      [tls, '__Host-', ' Secure;'],
    ] as const) {
      const person = await somebody(test, { role: 'coordinator', language: 'en' });
      const set = ({ headers }: Answer, name: string) =>
        headers.getSetCookie().find((c) => c.startsWith(`${prefix}${name}=`));
      expect(set(await person.get('/account?lang=fr'), 'lang')).toMatch(
        new RegExp(
          `^${prefix}lang=fr; Max-Age=31536000; Path=/; Expires=[^;]+; HttpOnly;${secure} SameSite=Lax$`,
        ),
      );
      expect(load((await person.get('/account')).body)('html').attr('lang')).toBe('fr');
      const saved = await person.post('/account', { name: 'New', language: 'fr' });
      expect(set(saved, 'flash')).toMatch(
        new RegExp(
          `^${prefix}flash=[\\w.-]+; Max-Age=60; Path=/; Expires=[^;]+; HttpOnly;${secure} SameSite=Lax$`,
        ),
      );
      await person.get(saved.location!);
      const said = await person.get('/account');
      expect(load(said.body)('.flash').text()).toBe('Enregistré.');
      expect(set(said, 'flash')).toMatch(/=; Path=\/; Expires=Thu, 01 Jan 1970/);
      expect(load((await person.get('/account')).body)('.flash')).toHaveLength(0);
    }
  });
});

describe('where people come by https', () => {
  let plain: TestApp;
  let tls: TestApp;
  beforeAll(async () => {
    plain = await startApp(
      { PUBLIC_URL: 'http://calls.test', SECURITY_CONTACT: 'security@calls.test' },
      { working: false, clock: new TestClock('2026-05-06T10:00:00Z') },
    );
    tls = await startApp({ PUBLIC_URL: 'https://calls.example.org' }, { working: false });
  });
  afterAll(async () => {
    await plain?.stop();
    await tls?.stop();
  });

  it('every answer says that they never come without; where they do not, none does', async () => {
    for (const path of ['/sign-in', '/v1/calls', '/docs', '/health', '/assets/none.css', '/nothing']) {
      const said = async (test: TestApp) =>
        (await fetch(new URL(path, test.url), { redirect: 'manual' })).headers.get(
          'strict-transport-security',
        );
      expect([path, await said(tls), await said(plain)]).toEqual([
        path,
        'max-age=31536000; includeSubDomains',
        null,
      ]);
    }
  });

  it('security.txt says where a weakness is told, for less than a year, and is not there where nobody is named', async () => {
    const read = await fetch(new URL('/.well-known/security.txt', plain.url));
    expect([read.status, read.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await read.text()).toBe(
      'Contact: mailto:security@calls.test\nExpires: 2026-11-02T10:00:00Z\nPreferred-Languages: fr, en\nCanonical: http://calls.test/.well-known/security.txt\n',
    );
    expect((await fetch(new URL('/.well-known/security.txt', tls.url))).status).toBe(404);
  });

  it('the description of the API is for those who sign in, or come with a key', async () => {
    const reader = await somebody(plain, { role: 'reader', profile: 'leti' });
    for (const path of ['/docs', '/docs/', '/docs-json', '/docs/swagger-ui.css']) {
      const status = async (headers: Record<string, string>) =>
        (await fetch(new URL(path, plain.url), { headers, redirect: 'manual' })).status;
      const asked = [
        await status({}),
        await status({ cookie: reader.cookie }),
        await status({ authorization: `Bearer ${await reader.key('read')}` }),
        await status({ authorization: `Bearer ${TOKEN}` }),
      ];
      expect([path, ...asked]).toEqual([path, 401, 200, 200, 200]);
    }
    const opened = await reader.get('/docs');
    expect(directives(opened.headers.get('content-security-policy')!)).toMatchObject({
      'default-src': "'self'",
      'object-src': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
    });
    const page = await fetch(new URL('/docs', plain.url), {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
    expect([page.status, page.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fdocs']);
  });
});
