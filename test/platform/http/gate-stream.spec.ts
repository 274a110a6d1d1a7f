import type net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import type { IncomingDocument, StreamRequest } from '../../../src/kernel/ports.js';
import { CarnotError } from '../../../src/kernel/errors.js';
import { NotedRateLimit } from '../../support/harvest/noted-rate-limit.js';
import { Strangers, type Handler } from '../../support/strangers.js';

let hosts: Strangers;
beforeAll(async () => {
  hosts = await Strangers.start();
});
afterAll(() => hosts.stop());
beforeEach(() => hosts.begin());
afterEach(() => hosts.end());

const MB = 1_000_000;
const url = new URL('https://one.example.eu/start');
const LARGE: StreamRequest = {
  method: 'GET',
  headers: {},
  body: null,
  maxBytes: 10 * MB,
  timeoutMs: 30_000,
  idleMs: 30_000,
};
/** Far more than this gate accepts when it buffers the whole response. */
const noise = Buffer.from(Array.from({ length: 2 * MB }, (_, i) => ((i * 7919) ^ (i >> 3)) & 255));

async function whole({ chunks }: IncomingDocument): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
/** Streams a document to its end from a host with this handler; `changed` overrides the request. */
const streamed = (
  handler: Handler,
  changed: Partial<StreamRequest> = {},
  read: (d: IncomingDocument) => Promise<Buffer> = whole,
) => {
  hosts.handler = handler;
  return hosts.gate().stream(url, { ...LARGE, ...changed }, read);
};
const sending =
  (body: Buffer, headers: Record<string, string> = {}): Handler =>
  (_req, res) =>
    res.writeHead(200, headers).end(body);
/** Sends half of the body, then calls `then` on the connection. */
const half =
  (headers: Record<string, string>, then: (socket: net.Socket) => void, body = noise): Handler =>
  (req, res) => {
    res
      .writeHead(200, headers)
      .write(body.subarray(0, body.length / 2), () => setTimeout(then, 20, req.socket));
  };
const gone = (handler: Handler): { handler: Handler; closed: Promise<unknown> } => {
  let tell: (x?: unknown) => void = () => undefined;
  const closed = new Promise((resolve) => {
    tell = resolve;
  });
  return {
    closed,
    handler: (req, res) => {
      req.socket.on('close', tell);
      handler(req, res);
    },
  };
};

describe('a large document', () => {
  it('comes in pieces, with what is known of it before its first byte and after its last', async () => {
    const headers = {
      'content-type': 'application/json',
      etag: '"1"',
      'last-modified': 'Wed, 06 May 2026 10:00:00 GMT',
    };
    let [before, pieces]: [object, number] = [{}, 0];
    const got = await streamed(sending(noise, headers), {}, async ({ chunks, ...head }) => {
      before = head;
      async function* counted() {
        for await (const chunk of chunks) {
          pieces += 1;
          yield chunk;
        }
      }
      return whole({ ...head, chunks: counted() });
    });
    const head = {
      status: 200,
      mediaType: 'application/json',
      url: url.href,
      validators: { etag: '"1"', lastModified: headers['last-modified'] },
    };
    expect(before).toEqual(head);
    expect(got).toEqual({ notModified: false, ...head, value: expect.any(Buffer) });
    expect('value' in got && got.value.equals(noise)).toBe(true);
    expect(pieces).toBeGreaterThan(10);
  });

  it('is not read at all while it is the same', async () => {
    hosts.handler = (req, res) =>
      req.headers['if-none-match'] === '"1"' ? res.writeHead(304).end() : res.end(noise);
    const read = jest.fn(whole);
    expect(
      await hosts.gate().stream(url, { ...LARGE, validators: { etag: '"1"', lastModified: null } }, read),
    ).toEqual({ notModified: true, url: url.href });
    expect(read).not.toHaveBeenCalled();
  });

  test.each<[string, (bytes: Buffer) => Buffer]>([
    ['gzip', zlib.gzipSync],
    ['x-gzip', zlib.gzipSync],
    ['br', zlib.brotliCompressSync],
    ['deflate', zlib.deflateSync],
    ['deflate', zlib.deflateRawSync],
    ['gzip, br', (x) => zlib.brotliCompressSync(zlib.gzipSync(x))],
  ])('is decompressed as it comes: %s', async (coding, compress) => {
    const body = compress(noise);
    const got = await streamed((_req, res) => {
      res.writeHead(200, { 'content-encoding': coding }).write(body.subarray(0, 1));
      setTimeout(() => res.end(body.subarray(1)), 20);
    });
    expect('value' in got && got.value.equals(noise)).toBe(true);
  });

  it('is not taken faster than it is read, and whoever reads slowly is not cut off', async () => {
    // Far more than the buffers between client and server can hold.
    const all = Buffer.alloc(40 * MB, 'x');
    let [sent, sentMeanwhile] = [false, true];
    const slow = async ({ chunks }: IncomingDocument): Promise<Buffer> => {
      let size = 0;
      for await (const chunk of chunks) {
        if (!size) {
          await sleep(3_000);
          sentMeanwhile = sent;
        }
        size += chunk.length;
      }
      return Buffer.from(String(size));
    };
    const got = await streamed(
      (_req, res) =>
        void res
          .on('finish', () => {
            sent = true;
          })
          .end(all),
      { idleMs: 2_000, maxBytes: all.length },
      slow,
    );
    expect([sentMeanwhile, sent]).toEqual([false, true]);
    expect('value' in got && got.value.toString()).toBe(String(all.length));
  });
});

describe('a document that does not come whole', () => {
  test.each<[what: string, handler: Handler, kind: string]>([
    [
      'shorter than it said',
      half({ 'content-length': String(noise.length) }, (socket) => socket.end()),
      'ConnectionReset',
    ],
    [
      'cut off',
      half({ 'content-length': String(noise.length) }, (socket) => socket.destroy()),
      'ConnectionReset',
    ],
    ['cut between chunks', half({}, (socket) => socket.end()), 'ConnectionReset'],
    [
      'cut in its compression',
      sending(zlib.gzipSync(noise).subarray(0, -9), { 'content-encoding': 'gzip' }),
      'BrokenAnswer',
    ],
    [
      'cut in its compression, the connection too',
      half(
        { 'content-encoding': 'br', 'content-length': '999999' },
        (socket) => socket.end(),
        zlib.brotliCompressSync(noise),
      ),
      'ConnectionReset',
    ],
    [
      'with no compressed byte at all',
      sending(Buffer.alloc(0), { 'content-encoding': 'gzip' }),
      'BrokenAnswer',
    ],
    [
      'damaged in its compression',
      sending(Buffer.from('no gzip'), { 'content-encoding': 'gzip' }),
      'BrokenAnswer',
    ],
  ])('is an error for its reader: %s', async (_, handler, kind) => {
    let seen: unknown;
    const read = (document: IncomingDocument) =>
      whole(document).catch((error: unknown) => {
        seen = error;
        throw error;
      });
    await expect(streamed(handler, {}, read)).rejects.toMatchObject({ kind, retryPolicy: 'later' });
    expect(seen).toMatchObject({ kind });
  });

  test.each<[what: string, handler: Handler, changed: Partial<StreamRequest>, expected: object]>([
    [
      'larger than the request allows, as it says',
      sending(noise, { 'content-length': String(noise.length) }),
      { maxBytes: MB },
      { kind: 'TooLarge', retryPolicy: 'person' },
    ],
    [
      'larger than the request allows, as it comes',
      (_req, res) => void res.writeHead(200).write(noise),
      { maxBytes: MB },
      { kind: 'TooLarge' },
    ],
    [
      'larger once decompressed',
      sending(zlib.gzipSync(Buffer.alloc(20 * MB)), { 'content-encoding': 'gzip' }),
      {},
      { kind: 'TooLarge' },
    ],
    [
      'larger in between two compressions',
      sending(zlib.gzipSync(zlib.gzipSync(noise, { level: 0 })), { 'content-encoding': 'gzip, gzip' }),
      { maxBytes: 2 * MB },
      { kind: 'TooLarge' },
    ],
    [
      'compressed in a way that was not asked for',
      sending(noise, { 'content-encoding': 'compress' }),
      {},
      { kind: 'UnknownEncoding' },
    ],
    [
      'without an answer',
      () => undefined,
      { idleMs: 150 },
      { kind: 'Timeout', message: expect.stringContaining('no answer in time') },
    ],
    [
      'that stops',
      (_req, res) => void res.writeHead(200).write('x'),
      { idleMs: 150 },
      { kind: 'Timeout', message: expect.stringContaining('no answer in time') },
    ],
    [
      'that never ends',
      (req, res) => {
        const drip = setInterval(() => res.write('x'), 20);
        req.socket.on('close', () => clearInterval(drip));
      },
      { timeoutMs: 300 },
      { kind: 'Timeout', message: expect.stringContaining('not over within 300 ms') },
    ],
  ])('is let go: %s', async (_, handler, changed, expected) => {
    const left = gone(handler);
    await expect(streamed(left.handler, changed)).rejects.toMatchObject(expected);
    if (expected && 'kind' in expected && expected.kind === 'Timeout') await left.closed;
  });

  it('may be longer under way than the gate waits for what it holds', async () => {
    hosts.handler = (_req, res) => {
      res.writeHead(200).write('a');
      setTimeout(() => res.end('b'), 3_000);
    };
    const got = await hosts.gate({ timeoutMs: 2_000 }).stream(url, LARGE, whole);
    expect('value' in got && got.value.toString()).toBe('ab');
  });

  it('is called off with the reason of whoever asked for it', async () => {
    const stop = new AbortController();
    const left = gone(
      (_req, res) =>
        void res.writeHead(200).write('x', () => setTimeout(() => stop.abort(new Error('enough')), 50)),
    );
    await expect(streamed(left.handler, { signal: stop.signal })).rejects.toThrow('enough');
    await left.closed;
  });
});

describe('the reader', () => {
  test.each<[string, Error]>([
    ['an error of ours', new CarnotError('ShapeError', 'another shape', 'person')],
    ['any other', new TypeError('a mistake')],
  ])('is told nothing else than what it threw itself: %s', async (_, thrown) => {
    for (const headers of [{}, { 'content-encoding': 'gzip' }] as Record<string, string>[]) {
      const left = gone(
        half(headers, () => undefined, 'content-encoding' in headers ? zlib.gzipSync(noise) : noise),
      );
      await expect(
        streamed(left.handler, {}, async ({ chunks }) => {
          for await (const chunk of chunks) if (chunk.length) throw thrown;
          return Buffer.alloc(0);
        }),
      ).rejects.toBe(thrown);
      await left.closed;
    }
  });

  it('may leave the rest', async () => {
    const left = gone(half({}, () => undefined));
    const got = await streamed(left.handler, {}, async ({ chunks }) => {
      for await (const chunk of chunks) return chunk.subarray(0, 3);
      return Buffer.alloc(0);
    });
    expect('value' in got && got.value.equals(noise.subarray(0, 3))).toBe(true);
    await left.closed;
  });
});

describe('the rules of the gate', () => {
  const asked = (gate: ReturnType<Strangers['gate']>, to = url, more: Partial<StreamRequest> = {}) =>
    gate.stream(to, { ...LARGE, ...more }, whole);

  it('hold: the address is checked and pinned, robots.txt asked, a place taken, a redirect followed as a stranger', async () => {
    const rateLimit = new NotedRateLimit();
    hosts.handler = (req, res) => {
      if (req.url === '/start') res.writeHead(302, { location: 'https://two.example.eu/end' }).end();
      else res.writeHead(200, { etag: '"2"' }).end(req.url === '/robots.txt' ? '' : 'document');
    };
    const got = await asked(hosts.gate({ robots: true }, { rateLimit }), url, {
      validators: { etag: '"1"', lastModified: null },
      perMinute: 7,
      headers: { 'x-own': 'secret', accept: 'application/json' },
    });
    // The validators belong to a different address from the one requested.
    expect(got).toMatchObject({
      url: 'https://two.example.eu/end',
      validators: { etag: null, lastModified: null },
      value: Buffer.from('document'),
    });
    expect(
      hosts.seen.map(({ host, url: path, headers }) => [
        host,
        path,
        headers['if-none-match'],
        headers['x-own'],
        headers['user-agent'],
      ]),
    ).toEqual([
      ['one.example.eu', '/robots.txt', undefined, undefined, 'carnot-test'],
      ['one.example.eu', '/start', '"1"', 'secret', 'carnot-test'],
      ['two.example.eu', '/robots.txt', undefined, undefined, 'carnot-test'],
      ['two.example.eu', '/end', undefined, undefined, 'carnot-test'],
    ]);
    expect(
      rateLimit.noted.map(([what, host, rate]) => [what, host, (rate as { perMinute: number }).perMinute]),
    ).toEqual(['one', 'one', 'two', 'two'].map((host) => ['take', `${host}.example.eu`, 7]));
  });

  it('hold where they refuse: an address inside, a forbidden path, a host whose turn is to come', async () => {
    hosts.answers = { 'one.example.eu': [['10.0.0.1']] };
    await expect(asked(hosts.gate())).rejects.toMatchObject({ kind: 'GateRefused' });
    await expect(asked(hosts.gate(), new URL('https://127.0.0.1/'))).rejects.toMatchObject({
      kind: 'GateRefused',
    });
    hosts.handler = (_req, res) => res.end('User-agent: *\nDisallow: /start');
    await expect(asked(hosts.gate({ robots: true }))).rejects.toMatchObject({ kind: 'RobotsDisallowed' });
    const rateLimit = Object.assign(new NotedRateLimit(), { full: { 'one.example.eu': 5_000 } });
    await expect(asked(hosts.gate({}, { rateLimit }))).rejects.toMatchObject({ waitMs: 5_000 });
    expect(hosts.seen.map((s) => s.url)).toEqual(['/robots.txt']);
  });

  it('hold where the host asks to wait, and for a status that is no document', async () => {
    const [rateLimit, read] = [new NotedRateLimit(), jest.fn(whole)];
    hosts.handler = (_req, res) => res.writeHead(429, { 'retry-after': '90' }).end();
    await expect(hosts.gate({}, { rateLimit }).stream(url, LARGE, read)).rejects.toMatchObject({
      kind: 'HttpThrottled',
      details: { retryAfterMs: 90_000 },
    });
    expect(rateLimit.noted.at(-1)).toEqual(['hold', 'one.example.eu', 90_000]);
    hosts.handler = (_req, res) => res.writeHead(404).end(noise);
    await expect(hosts.gate({}, { rateLimit }).stream(url, LARGE, read)).rejects.toMatchObject({
      kind: 'HttpNotFound',
    });
    expect(read).not.toHaveBeenCalled();
  });
});
