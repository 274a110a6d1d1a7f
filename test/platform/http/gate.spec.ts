import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import zlib from 'node:zlib';
import type { CarnotError } from '../../../src/kernel/errors.js';
import { Gate, type GateOptions } from '../../../src/platform/http/gate.js';
import { parseRetryAfter } from '../../../src/platform/http/http-errors.js';
import { bytesOf } from '../../support/harvest/fetched.js';

type Handler = (req: IncomingMessage, res: ServerResponse) => void;
const GET = { method: 'GET' as const, headers: {}, body: null };
const UA = 'carnot-europe/0.1 (+https://example.eu/bot; bot@example.eu)';
let server: http.Server;
let origin: string;
let handler: Handler;
let requests: number;
const gates: Gate[] = [];

beforeAll(async () => {
  server = http.createServer((req, res) => {
    requests += 1;
    handler(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(
  () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);
beforeEach(() => {
  requests = 0;
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(gates.splice(0).map((gate) => gate.close()));
});

function gate(changed: Partial<GateOptions> = {}): Gate {
  const made = new Gate({
    trustedOrigins: [origin],
    userAgent: UA,
    timeoutMs: 30_000,
    maxBytes: 100_000,
    maxRedirects: 3,
    robots: false,
    requestsPerMinute: 60,
    ...changed,
  });
  gates.push(made);
  return made;
}
const at = (path: string): URL => new URL(path, origin);
const failure = (path: string, changed?: Partial<GateOptions>): Promise<CarnotError> =>
  gate(changed)
    .fetch(at(path), GET)
    .then(
      () => Promise.reject(new Error('did not fail')),
      (error: CarnotError) => error,
    );
const noise = Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919 + (i >> 3)) & 255));

describe('what comes back', () => {
  it('is the bytes as sent, with status, media type and address', async () => {
    handler = (_req, res) =>
      res.writeHead(200, { 'content-type': 'text/html; charset=ISO-8859-1' }).end(noise);
    const got = await gate().fetch(at('/a?b=c'), GET);
    expect(bytesOf(got).equals(noise)).toBe(true);
    expect(got).toMatchObject({
      status: 200,
      mediaType: 'text/html; charset=ISO-8859-1',
      url: `${origin}/a?b=c`,
    });
  });

  it('has a media type even where none was sent', async () => {
    handler = (_req, res) => res.writeHead(201).end('x');
    expect(await gate().fetch(at('/'), GET)).toMatchObject({
      status: 201,
      mediaType: 'application/octet-stream',
    });
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['gzip', zlib.gzipSync],
    ['x-gzip', zlib.gzipSync],
    ['br', zlib.brotliCompressSync],
    ['deflate', zlib.deflateSync],
    ['Deflate', zlib.deflateRawSync],
    ['identity', (x) => x],
    ['gzip, br', (x) => zlib.brotliCompressSync(zlib.gzipSync(x))],
  ])('is decompressed: %s', async (coding, compress) => {
    let accepted: string | undefined;
    handler = (req, res) => {
      accepted = req.headers['accept-encoding'];
      res.writeHead(200, { 'content-encoding': coding }).end(compress(noise));
    };
    expect(bytesOf(await gate().fetch(at('/'), GET)).equals(noise)).toBe(true);
    expect(accepted).toBe('gzip, br, deflate');
  });

  test.each([
    ['compress', Buffer.from('x')],
    ['gzip, gzip, gzip', zlib.gzipSync(zlib.gzipSync(zlib.gzipSync('x')))],
  ])('in the coding "%s" is UnknownEncoding', async (coding, body) => {
    handler = (_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(body);
    expect(await failure('/')).toMatchObject({ kind: 'UnknownEncoding', retryPolicy: 'person' });
  });

  test.each<[string, Buffer]>([
    ['gzip', zlib.gzipSync(noise).subarray(0, -9)],
    ['br', zlib.brotliCompressSync(noise).subarray(0, -9)],
    ['gzip', Buffer.from('no gzip')],
    ['gzip', Buffer.alloc(0)],
  ])(
    'cut or damaged in its compression (%s) is BrokenAnswer and no shorter document',
    async (coding, body) => {
      handler = (_req, res) => res.writeHead(200, { 'content-encoding': coding }).end(body);
      expect(await failure('/')).toMatchObject({ kind: 'BrokenAnswer', retryPolicy: 'later' });
    },
  );
});

describe('what goes out', () => {
  it('is the POST as given: body, headers, an honest user-agent', async () => {
    const body =
      '--b0undary\r\nContent-Disposition: form-data; name="query"\r\n\r\n{"é":"€"}\r\n--b0undary--\r\n';
    const got: { method?: string; headers?: http.IncomingHttpHeaders; body?: string } = {};
    handler = (req, res) => {
      const chunks: Buffer[] = [];
      req
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          Object.assign(got, {
            method: req.method,
            headers: req.headers,
            body: Buffer.concat(chunks).toString(),
          });
          res.end('ok');
        });
    };
    const headers = {
      'Content-Type': 'multipart/form-data; boundary=b0undary',
      'X-Own': 'a b',
      'User-Agent': 'Mozilla/5.0',
      'ACCEPT-Encoding': 'zstd',
    };
    await gate().fetch(at('/search'), { method: 'POST', headers, body });
    expect(got.method).toBe('POST');
    expect(got.body).toBe(body);
    expect(got.headers).toEqual({
      host: origin.slice(7),
      connection: 'keep-alive',
      'content-type': 'multipart/form-data; boundary=b0undary',
      'x-own': 'a b',
      'user-agent': UA,
      'accept-encoding': 'gzip, br, deflate',
      'content-length': String(Buffer.byteLength(body)),
    });
  });

  test.each<[string, Record<string, string>]>([
    ['a line break in a value', { 'x-a': 'b\r\nx-evil: 1' }],
    ['a lone LF', { 'x-a': 'b\nc' }],
    ['a NUL', { 'x-a': 'b\0c' }],
    ['beyond ASCII', { 'x-a': 'b\u010ac' }],
    ['a line break in a name', { 'x\r\ny': 'b' }],
    ['a colon in a name', { 'x:y': 'b' }],
    ['an empty name', { '': 'b' }],
    ['Host', { Host: 'other.example.eu' }],
    ['Transfer-Encoding', { 'Transfer-Encoding': 'chunked' }],
    ['Content-Length', { 'content-length': '1' }],
    ['Connection', { connection: 'x-a' }],
    ['Proxy-Authorization', { 'Proxy-Authorization': 'x' }],
  ])('is refused with %s among the headers', async (_what, headers) => {
    handler = (_req, res) => res.end('ok');
    await expect(gate().fetch(at('/'), { ...GET, headers })).rejects.toMatchObject({
      kind: 'GateRefused',
      retryPolicy: 'never',
      message: expect.stringMatching(/^(a|the) header /),
    });
    expect(requests).toBe(0);
  });

  it('is refused with a password in the address, to a trusted origin too', async () => {
    handler = (_req, res) => res.end('ok');
    const url = new URL(origin.replace('//', '//me:hunter2@'));
    await expect(gate().fetch(url, GET)).rejects.toMatchObject({
      kind: 'GateRefused',
      message: expect.not.stringContaining('hunter2'),
    });
    expect(requests).toBe(0);
  });
});

describe('statuses', () => {
  test.each<[number, string, string]>([
    [429, 'HttpThrottled', 'later'],
    [500, 'HttpServerError', 'later'],
    [502, 'HttpServerError', 'later'],
    [503, 'HttpServerError', 'later'],
    [401, 'HttpBlocked', 'person'],
    [403, 'HttpBlocked', 'person'],
    [407, 'HttpBlocked', 'person'],
    [451, 'HttpBlocked', 'person'],
    [404, 'HttpNotFound', 'person'],
    [410, 'HttpNotFound', 'person'],
    [400, 'HttpClientError', 'person'],
    [422, 'HttpClientError', 'person'],
    [304, 'UnexpectedStatus', 'person'],
    [600, 'UnexpectedStatus', 'person'],
  ])('%i is %s, for %s', async (status, kind, retryPolicy) => {
    handler = (_req, res) => res.writeHead(status).end(status === 304 ? undefined : 'no');
    const error = await failure('/p/q?token=t0psecret');
    expect(error).toMatchObject({
      kind,
      retryPolicy,
      name: kind,
      message: `${origin.slice(7)}/p/q: status ${status}`,
    });
    expect(error.details.retryAfterMs).toBeUndefined();
  });

  test.each([
    [429, '120', 120_000],
    [503, '7', 7000],
    [429, 'Thu, 01 Jan 2026 00:01:30 GMT', 90_000],
    [503, 'Thursday, 01-Jan-26 00:01:30 GMT', 90_000],
    [429, 'Thu Jan  1 00:01:30 2026', 90_000],
    [429, 'Wed, 31 Dec 2025 23:00:00 GMT', 0],
    [429, 'soon', undefined],
  ])('%i with Retry-After "%s" waits %s ms', async (status, value, ms) => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 0, 1));
    handler = (_req, res) => res.writeHead(status, { 'retry-after': value }).end();
    const error = await failure('/');
    expect(error).toMatchObject({ kind: 'HttpThrottled', retryPolicy: 'later' });
    expect(error.details.retryAfterMs).toBe(ms);
  });

  it('takes the date without a zone for GMT, wherever the machine stands', () => {
    const parse = jest.spyOn(Date, 'parse');
    parseRetryAfter('Thu Jan  1 00:01:30 2026');
    expect(parse).toHaveBeenCalledWith('Thu Jan  1 00:01:30 2026 GMT');
  });

  test.each(['-5', '1.5', '9'.repeat(400), '', undefined])('Retry-After %j is no time', (value) => {
    expect(parseRetryAfter(value)).toBeUndefined();
  });

  test.each(['https://example.eu/', 'http://127.0.0.1/', '/elsewhere'])(
    'a redirect of a trusted origin to %s is refused',
    async (location) => {
      handler = (req, res) =>
        req.url === '/start' ? res.writeHead(302, { location }).end() : res.end('elsewhere');
      expect(await failure('/start')).toMatchObject({ kind: 'GateRefused', retryPolicy: 'never' });
      expect(requests).toBe(1);
    },
  );
});

describe('broken connections and limits', () => {
  const KEPT = { kind: 'ConnectionReset', retryPolicy: 'later' };
  it('a reset before the answer', async () => {
    handler = (req) => void (req.socket as net.Socket).resetAndDestroy();
    expect(await failure('/')).toMatchObject(KEPT);
  });

  test.each<[string, Record<string, string>]>([
    ['Content-Length', { 'content-length': '1000' }],
    ['chunks', {}],
  ])('a body that ends early (%s) is no document', async (_how, headers) => {
    handler = (req, res) => {
      res.writeHead(200, headers).write('half of it', () => setTimeout(() => req.socket.end(), 20));
    };
    expect(await failure('/')).toMatchObject(KEPT);
  });

  it('nobody listens', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const closed = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    await new Promise((resolve) => other.close(resolve));
    await expect(gate({ trustedOrigins: [closed] }).fetch(new URL(closed), GET)).rejects.toMatchObject({
      kind: 'ConnectFailed',
      retryPolicy: 'later',
    });
  });

  it('an answer that is not HTTP', async () => {
    handler = (req) => void req.socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    expect(await failure('/')).toMatchObject({ kind: 'BrokenAnswer', retryPolicy: 'later' });
  });

  test.each<[string, Handler]>([
    ['no answer', () => undefined],
    ['a body that stops', (_req, res) => void res.writeHead(200).write('x')],
    [
      'a body that drips',
      (req, res) => {
        const drip = setInterval(() => res.write('x'), 20);
        req.socket.on('close', () => clearInterval(drip));
      },
    ],
  ])('%s is Timeout, and the connection is let go', async (_what, slow) => {
    let gone: Promise<unknown> | undefined;
    handler = (req, res) => {
      gone = new Promise((resolve) => req.socket.on('close', resolve));
      slow(req, res);
    };
    expect(await failure('/slow?k=s', { timeoutMs: 200 })).toMatchObject({
      kind: 'Timeout',
      retryPolicy: 'later',
      message: `${origin.slice(7)}/slow: not over within 200 ms`,
    });
    await gone;
  });

  test.each<[string, Handler]>([
    [
      'declared, before any of it comes',
      (_req, res) => res.writeHead(200, { 'content-length': '1001' }).flushHeaders(),
    ],
    [
      'streamed without end',
      (req, res) => {
        const more = setInterval(() => res.write(Buffer.alloc(400)), 5);
        req.socket.on('close', () => clearInterval(more));
      },
    ],
    [
      'a gzip bomb',
      (_req, res) =>
        res.writeHead(200, { 'content-encoding': 'gzip' }).end(zlib.gzipSync(Buffer.alloc(500_000))),
    ],
    [
      'a brotli bomb',
      (_req, res) =>
        res.writeHead(200, { 'content-encoding': 'br' }).end(zlib.brotliCompressSync(Buffer.alloc(500_000))),
    ],
  ])('too large: %s', async (_what, large) => {
    handler = large;
    expect(await failure('/', { maxBytes: 1000 })).toMatchObject({ kind: 'TooLarge', retryPolicy: 'person' });
  });

  it('a failing answer without end is not read', async () => {
    let gone: Promise<unknown> | undefined;
    handler = (req, res) => {
      gone = new Promise((resolve) => req.socket.on('close', resolve));
      res.writeHead(404).write('no');
    };
    expect(await failure('/')).toMatchObject({ kind: 'HttpNotFound' });
    await gone;
  });

  it('exactly the limit is not too large', async () => {
    handler = (_req, res) => res.end(Buffer.alloc(1000));
    expect(bytesOf(await gate({ maxBytes: 1000 }).fetch(at('/'), GET))).toHaveLength(1000);
  });

  it('a failed request leaves the gate usable, and a closed gate says so', async () => {
    const one = gate();
    handler = (req) => void (req.socket as net.Socket).resetAndDestroy();
    await expect(one.fetch(at('/'), GET)).rejects.toMatchObject(KEPT);
    handler = (_req, res) => res.end('ok');
    expect(bytesOf(await one.fetch(at('/'), GET)).toString()).toBe('ok');
    await one.close();
    await expect(one.fetch(at('/'), GET)).rejects.toMatchObject({ kind: 'GateClosed' });
  });

  test.each([
    'http://127.0.0.1:80',
    'http://127.0.0.1:8080/',
    'HTTP://a.eu',
    'a.eu',
    'file:///x',
    'ftp://a.eu',
    'null',
  ])('"%s" is no origin to trust', (entry) => {
    expect(() => gate({ trustedOrigins: [entry] })).toThrow(/trusted origin/);
  });
});
