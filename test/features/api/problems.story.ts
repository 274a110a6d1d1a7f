import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { DataSource } from 'typeorm';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';

describe('errors', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({ LOG_LEVEL: 'error' }, { working: false });
  });
  afterAll(() => server?.stop());

  const inside =
    /\bat .+:\d+:\d+|node_modules|QueryFailed|SELECT|INSERT|syntax|relation|postgres|typeorm|\.ts\b|Error:/i;

  it.each([
    ['GET', '/nothing', 404],
    ['GET', '/v1', 404],
    ['GET', '/v1/nothing', 404],
    ['GET', '/v1/sources/nothing/runs', 405],
    ['POST', '/v1/sources/nothing/runs', 404],
    ['GET', `/v1/calls/${randomUUID()}`, 404],
    ['GET', `/v1/calls/${randomUUID()}/versions`, 404],
    ['GET', `/v1/matches/${randomUUID()}`, 404],
    ['GET', `/v1/notifications/${randomUUID()}`, 404],
    ['GET', '/v1/profiles/nobody', 404],
    ['GET', '/unsubscribe/nobody', 404],
    ['POST', '/unsubscribe/nobody', 404],
    ['DELETE', '/v1/calls', 405],
    ['POST', '/v1/calls', 405],
    ['PATCH', '/v1/profiles/3bcar', 405],
    ['DELETE', '/v1/profiles/3bcar', 405],
    ['PUT', '/v1/matches', 405],
    ['POST', '/health', 405],
    ['GET', '/v1/calls/x', 400],
    ['GET', '/v1/matches/x', 400],
    ['GET', '/v1/notifications/x', 400],
    ['GET', '/v1/calls/%E0%A4%A', 400],
    ['GET', '/v1/profiles/%', 400],
    ['GET', '/v1/profiles/%00', 400],
    ['GET', '/v1/matches?profile=%00', 400],
    ['GET', '/v1/calls?source=%00&programme=%00', 400],
    ['GET', '/v1/notifications?profile=a%00', 400],
    ['POST', '/v1/sources/%00/runs', 400],
    ['GET', '/unsubscribe/%00', 400],
    ['POST', '/unsubscribe/%00', 400],
    ['GET', '/newsletter/%00', 400],
    ['POST', '/newsletter/%00', 400],
    ['GET', '/v1/matches?minScore=x', 400],
    ['GET', '/v1/matches?minScore=101', 400],
    ['GET', '/v1/matches?minScore=', 400],
    ['GET', '/v1/matches?closed=yes', 400],
    ['GET', '/v1/calls?status=', 400],
  ])('of %s %s are a problem of status %i', async (method, path, status) => {
    const { type, ...answer } = await api(server.url, path, { method });
    expect(answer).toMatchObject({
      status,
      body: {
        type: 'about:blank',
        code: expect.stringMatching(/^[a-z-]+$/),
        title: expect.any(String),
        status,
        detail: expect.stringMatching(/\S/),
        instance: new URL(path, server.url).pathname,
      },
    });
    expect(type).toContain('application/problem+json');
    expect(answer.body.detail).not.toMatch(inside);
    if (status === 400 && !/%(?!00)/.test(path))
      for (const error of answer.body.errors)
        expect(error).toEqual({
          path: expect.stringMatching(/^\w+$/),
          code: expect.stringMatching(/^[a-z-]+$/),
          message: expect.stringMatching(/\S/),
        });
  });

  it.each([
    [
      '/v1/calls/x',
      {
        title: 'Requête incorrecte',
        detail: 'id: n’est pas un identifiant (UUID) valable',
        code: 'invalid',
        errors: [{ path: 'id', code: 'format-uuid', message: 'n’est pas un identifiant (UUID) valable' }],
      },
    ],
    [
      '/v1/profiles/nobody',
      { code: 'no-profile', title: 'Introuvable', detail: 'Le profil «\u00A0nobody\u00A0» n’existe pas.' },
    ],
    [
      '/v1/matches?minScore=101',
      { errors: [{ path: 'minScore', code: 'most-number', message: 'doit être au plus 100' }] },
    ],
  ])('are French where that is asked for: %s', async (path, said) => {
    const ask = async (language: string) => {
      const answer = await fetch(new URL(path, server.url), {
        headers: { authorization: `Bearer ${TOKEN}`, 'accept-language': language },
      });
      return {
        language: answer.headers.get('content-language'),
        body: (await answer.json()) as Record<string, unknown>,
      };
    };
    expect(await ask('fr-FR,fr;q=0.9,en;q=0.5')).toMatchObject({ language: 'fr', body: said });
    expect((await ask('de')).language).toBe('en');
  });

  it('name the methods that an address takes, to a program that tried another', async () => {
    const methods = async (method: string, path: string) => {
      const headers = { authorization: `Bearer ${TOKEN}` };
      const answer = await fetch(new URL(path, server.url), { method, headers });
      return [answer.status, answer.headers.get('allow')];
    };
    expect(await methods('POST', '/v1/calls')).toEqual([405, 'GET, HEAD']);
    expect(await methods('DELETE', '/v1/profiles/nobody')).toEqual([405, 'GET, HEAD, PUT']);
    expect(await methods('DELETE', '/v1/nothing')).toEqual([404, null]);
  });

  it('of a body that is no JSON are in the language that is asked for', async () => {
    const answer = await fetch(new URL('/v1/profiles/leti/confirm', server.url), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'content-type': 'application/json',
        'accept-language': 'fr',
      },
      body: '{"a":1,}',
    });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      expect.objectContaining({
        code: 'broken-json',
        detail: expect.stringMatching(/^Le corps de la requête n’est pas du JSON valide\u00a0: .*position 7/),
      }),
    ]);
  });

  it.each([
    ['of two lengths', 'Content-Length: 4\r\nContent-Length: 5'],
    ['of a length and in pieces', 'Content-Length: 4\r\nTransfer-Encoding: chunked'],
    ['in pieces of another kind', 'Transfer-Encoding: xchunked'],
    ['with a header of two lines', 'X-One: a\n b'],
  ])('of a message %s are refused before anybody is asked what it says', async (_, headers) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.end(`POST /v1/calls HTTP/1.1\r\nHost: calls.test\r\n${headers}\r\n\r\n0\r\n\r\n`);
    const answer = Buffer.concat(await socket.toArray()).toString();
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nConnection: close\r\n\r\n$/);
  });

  it.each([
    ['lists', '[', ']'],
    ['maps', '{"a":', '}'],
  ])(
    'of a body of %s within each other are found before anything of it is walked, at a page too',
    async (_, open, close) => {
      const depth = 6_000;
      const nested = `{"email":${open.repeat(depth)}${open === '[' ? '' : '0'}${close.repeat(depth)}}`;
      for (const path of ['/sign-in', '/sign-in/first-start', '/answer/x']) {
        const { status, body } = await api(server.url, path, { method: 'POST', body: nested, token: null });
        expect(body).toMatchObject({
          status,
          errors: [{ path: expect.stringMatching(/^email/), message: 'is nested too deeply' }],
        });
        expect([path, status]).toEqual([path, 400]);
      }
    },
  );

  it('of a client that asks again and again without waiting are the end of its connection', async () => {
    const asked = async (times: number): Promise<number> => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      const asks = 'GET /sign-in/x HTTP/1.1\r\nHost: calls.test\r\n';
      socket.write(`${`${asks}\r\n`.repeat(times - 1)}${asks}Connection: close\r\n\r\n`);
      const answers = Buffer.concat(await socket.toArray()).toString();
      return answers.match(/HTTP\/1\.1 410 /g)?.length ?? 0;
    };
    expect(await asked(20)).toBe(20);
    expect(await asked(200)).toBeLessThan(20);
  });

  it('of HEAD have no body', async () => {
    const head = await fetch(new URL('/v1/calls/x', server.url), {
      method: 'HEAD',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect([head.status, await head.text()]).toEqual([400, '']);
  });

  it('of ours say nothing of our inside', async () => {
    const database = server.app.get(DataSource);
    const quiet = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await database.query('ALTER TABLE call RENAME TO call_hidden');
    try {
      for (const path of ['/v1/calls', '/v1/calls?q=wind', `/v1/calls/${randomUUID()}`]) {
        const { status, type, body } = await api(server.url, path);
        expect({ status, ...body }).toMatchObject({
          status: 500,
          title: 'Internal Server Error',
          detail: 'Something went wrong on our side. The error has been logged.',
        });
        expect(type).toContain('application/problem+json');
        expect(JSON.stringify(body)).not.toMatch(/call_hidden|relation|SELECT/);
      }
    } finally {
      await database.query('ALTER TABLE call_hidden RENAME TO call');
      quiet.mockRestore();
    }
    expect((await api(server.url, '/v1/calls')).status).toBe(200);
  });
});
