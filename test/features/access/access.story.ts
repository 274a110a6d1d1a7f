import { request } from 'node:http';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

describe('access to the API', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
  });
  afterAll(() => server?.stop());

  /** Sends the path exactly as written; `fetch` would normalise it. */
  const raw = (
    path: string,
    options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
  ): Promise<Raw> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.url);
      const sent = request(
        {
          hostname,
          port,
          path,
          method: options.method ?? 'GET',
          headers: options.headers ?? {},
          agent: false,
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            body += part;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode!, headers: response.headers, body }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(options.body);
    });

  const operations = async (): Promise<{ method: string; path: string; open: boolean }[]> => {
    const { body } = await api<{ paths: Record<string, Record<string, unknown>> }>(server.url, '/docs-json');
    return Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        method: method.toUpperCase(),
        path: path.replace(/\{\w+\}/g, 'x'),
        open: /^\/(health|unsubscribe)\b/.test(path),
      })),
    );
  };

  it('is refused for every operation without a token and with a wrong one', async () => {
    const all = await operations();
    expect(all.length).toBeGreaterThan(10);
    const wrong = [
      '',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(0, -1)}`,
      'Bearer',
      'Bearer  ',
      `Basic ${Buffer.from(`admin:${TOKEN}`).toString('base64')}`,
      TOKEN,
      `Bearer ${TOKEN} x`,
    ];
    for (const { method, path } of all.filter((o) => !o.open)) {
      for (const authorization of wrong) {
        const { status, headers, body } = await raw(path, {
          method,
          headers: authorization ? { authorization } : {},
        });
        expect({ method, path, authorization, status }).toEqual({ method, path, authorization, status: 401 });
        expect(headers['content-type']).toContain('application/problem+json');
        expect(headers['www-authenticate']).toContain('Bearer');
        expect(JSON.parse(body)).toMatchObject({ status: 401, title: 'Unauthorized', instance: path });
      }
    }
  });

  it('is given with the token, whatever the case of the scheme', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      expect((await raw('/v1/calls', { headers: { authorization: `${scheme} ${TOKEN}` } })).status).toBe(200);
    }
    expect(
      (await raw('/v1/calls?limit=1', { method: 'HEAD', headers: { authorization: `Bearer ${TOKEN}` } }))
        .status,
    ).toBe(200);
  });

  it('takes the token from no other place', async () => {
    for (const path of [
      `/v1/calls?token=${TOKEN}`,
      `/v1/calls?access_token=${TOKEN}`,
      `/v1/calls?authorization=Bearer%20${TOKEN}`,
    ]) {
      expect((await raw(path)).status).toBe(401);
    }
    expect(
      (await raw('/v1/calls', { headers: { cookie: `token=${TOKEN}`, 'x-api-key': TOKEN } })).status,
    ).toBe(401);
  });

  it('is described in full: the description has every route of the application that is no page', async () => {
    type Layer = { route?: { path: string; methods: Record<string, boolean> } };
    const { router } = server.app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } };
    const routes = router.stack.flatMap(({ route }) =>
      route
        ? Object.keys(route.methods).map((m) => `${m.toUpperCase()} ${route.path.replace(/:(\w+)/g, 'x')}`)
        : [],
    );
    const told = (await operations()).map(({ method, path }) => `${method} ${path}`);
    expect(routes.filter((r) => / \/(v1|health|unsubscribe)\b/.test(r)).sort()).toEqual(told.sort());
  });

  it('without a token is to the open prefixes only', async () => {
    for (const path of ['/health', '/health/live', '/health/ready'])
      expect({ path, status: (await raw(path)).status }).toEqual({ path, status: 200 });
    for (const path of [
      '/.well-known/security.txt',
      '/sign-in/x/y',
      '/unsubscribe/nobody',
      '/newsletter/nobody',
      '/answer/x',
      '/feeds/x.xml',
      '/calendars/x.ics',
      '/assets/x.css',
    ]) {
      expect({ path, status: (await raw(path)).status }).toEqual({ path, status: 404 });
    }
  });

  it.each([
    '/',
    '/v1',
    '/v2/calls',
    '/nothing',
    '//',
    '//v1/calls',
    '/v1//calls',
    '/V1/calls',
    '/v1/calls/',
    '/%76%31/calls',
    '/v1%2fcalls',
    '/.',
    '/..',
    '*',
    '/docs',
    '/docs/',
    '/docs/swagger-ui.css',
    '/docs-json',
    '/docsx',
    '/docs.json',
    '/docs-jsonx',
    '/docs-json/',
    '/docs-yaml',
    '/Docs',
    '/healthx',
    '/health-check',
    '/%68ealth',
    '/unsubscribed',
    '/newsletters',
    '/asset',
    '/answer/../v1/calls',
    '/answer/./../v1/calls',
    '/answer/%2e%2e/v1/calls',
    '/answer/.%2E/v1/calls',
    '/answer/..%2fv1/calls',
    '/answer/..\\v1/calls',
    '/answer/..%5cv1%5ccalls',
    '/.well-known',
    '/.well-known/',
    '/.well-known/security.txt/',
    '/.well-known/security.txt/x',
    '/.well-known/change-password',
    '/.well-known/../v1/calls',
    '/health/../v1/calls',
    '/assets/../../etc/passwd',
    '/answer/%E0%A4%A',
    '/%',
    '/v1/calls/%00',
    '/v1/calls?limit=nonsense',
    '/v1/calls?health=/health',
    '/;/health',
    '//health',
    'http://elsewhere.example/v1/calls',
    '/v1/calls#/health',
    '/robots.txt',
    '/favicon.ico',
  ])('%s says 401 without a token', async (path) => {
    const { status, body } = await raw(path);
    expect(status).toBe(401);
    expect(JSON.parse(body)).toMatchObject({ status: 401, type: 'about:blank' });
  });

  it.each(['HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'])(
    '%s says 401 without a token',
    async (method) => {
      for (const path of ['/v1/calls', '/v1/profiles/x', '/nothing'])
        expect((await raw(path, { method })).status).toBe(401);
    },
  );

  it('is refused before a body is read', async () => {
    const json = { 'content-type': 'application/json' };
    const bodies = ['{"broken', 'null', '[', `"${'x'.repeat(3_000_000)}"`, '{"\u0000":1}'];
    for (const body of bodies) {
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      expect(
        (await raw('/v1/profiles/x', { method: 'PUT', headers: { ...json, ...length }, body })).status,
      ).toBe(401);
      expect(
        (await raw('/v1/nothing', { method: 'POST', headers: { ...json, ...length }, body })).status,
      ).toBe(401);
    }
    const gzip = { ...json, 'content-encoding': 'gzip' };
    expect((await raw('/v1/profiles/x', { method: 'PUT', headers: gzip, body: 'not gzip' })).status).toBe(
      401,
    );
  });

  it('tells nobody what the server is made of', async () => {
    for (const path of ['/health', '/v1/calls', '/docs'])
      expect((await raw(path)).headers['x-powered-by']).toBeUndefined();
  });
});
