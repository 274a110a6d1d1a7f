import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Robots, robotsRules } from '../../../src/platform/http/robots.js';
import { GET, POST, Strangers } from '../../support/strangers.js';

type Answer = string | Buffer | ((req: IncomingMessage, res: ServerResponse) => void);

let hosts: Strangers;
/** Each host's response to a robots.txt request. */
let robots: Record<string, Answer>;
let now: number;
const HOUR = 3_600_000;

beforeAll(async () => {
  hosts = await Strangers.start();
});
afterAll(() => hosts.stop());
beforeEach(() => {
  hosts.begin();
  [robots, now] = [{}, 0];
  hosts.handler = (req, res) => {
    const answer = req.url === '/robots.txt' ? (robots[req.headers.host!] ?? status(404)) : 'document';
    if (typeof answer === 'function') answer(req, res);
    else res.end(answer);
  };
});
afterEach(() => hosts.end());

const status =
  (code: number, headers = {}) =>
  (_req: IncomingMessage, res: ServerResponse): void =>
    void res.writeHead(code, headers).end();
const gate = (changed = {}, seams = {}) =>
  hosts.gate({ robots: true, timeoutMs: 20_000, ...changed }, { now: () => now, ...seams });
/** Responses that never finish. */
const HANGS = new Set(['no answer', 'a body without end']);
const one = (path: string): URL => new URL(path, 'https://one.example.eu');
const asked = () => hosts.seen.map(({ host, url }) => `${host!.split('.')[0]}${url}`);

describe('what a robots.txt says', () => {
  const us = (rules: string) => `User-agent: carnot-europe\n${rules}`;
  test.each<[what: string, text: string, path: string, allowed: boolean]>([
    ['nothing', '', '/a', true],
    ['a rule for everybody', 'User-agent: *\nDisallow: /a', '/a/b', false],
    ['a rule for somebody else', 'User-agent: other\nDisallow: /', '/a', true],
    [
      'our own rules stand before those for everybody',
      `User-agent: *\nDisallow: /\n\n${us('Disallow: /b')}`,
      '/a',
      true,
    ],
    ['our own rules, wherever they stand', `${us('Disallow: /a')}\n\nUser-agent: *\nAllow: /`, '/a', false],
    ['a name in other letters', 'User-Agent: CARNOT-Europe\nDisallow: /a', '/a', false],
    ['a name with a version', 'User-agent: carnot-europe/1.0\nDisallow: /a', '/a', false],
    [
      'a name that only begins like ours',
      'User-agent: carnot-europe-other\nDisallow: /\nUser-agent: carnot\nDisallow: /',
      '/a',
      true,
    ],
    [
      'several names for one group',
      'User-agent: other\nUser-agent: carnot-europe\nUser-agent: third\nDisallow: /a',
      '/a',
      false,
    ],
    [
      'two groups of ours are one',
      `${us('Disallow: /a')}\nUser-agent: x\nDisallow: /\n${us('Disallow: /b')}`,
      '/b',
      false,
    ],
    ['no rule in our group', `User-agent: *\nDisallow: /\n\n${us('Disallow:')}`, '/a', true],
    ['the longest rule counts', us('Disallow: /\nAllow: /calls/open'), '/calls/open/1', true],
    ['the longest rule counts, in any order', us('Allow: /\nDisallow: /calls'), '/calls', false],
    ['allow wins among equals', us('Disallow: /a\nAllow: /a'), '/a', true],
    ['a star', us('Disallow: /*/print'), '/call/7/print', false],
    ['an end', us('Disallow: /a$'), '/a/b', true],
    ['an end that is met', us('Disallow: /*.pdf$'), '/x/y.pdf', false],
    ['an end where a piece must be twice', us('Disallow: /*ab*b$'), '/ab', true],
    ['an end after stars', us('Disallow: /*a*b$'), '/xaxbxb', false],
    ['the query counts', us('Disallow: /*?page='), '/list?page=2', false],
    ['brackets of a query, written as browsers send them', us('Disallow: /*?f[0]='), '/list?f[0]=2', false],
    ['brackets of a query, encoded', us('Disallow: /*?f%5B0%5d='), '/list?f[0]=2', false],
    ['paths have capital letters', us('Disallow: /Admin'), '/admin', true],
    ['a path with and without needless encoding', us('Disallow: /%62%61r'), '/bar', false],
    ['the other way around', us('Disallow: /~bar'), '/%7Ebar', false],
    ['a slash that is encoded is none', us('Disallow: /a%2fb'), '/a/b', true],
    ['encoding in small letters', us('Disallow: /a%2fb'), '/a%2Fb', false],
    ['a path beyond ASCII', us('Disallow: /marchés'), '/march%C3%A9s/1', false],
    ['comments and blanks', '  user-agent : *   # all\r\n\r\n  DISALLOW : /a # here\r\n', '/a', false],
    ['a byte order mark', '\uFEFFUser-agent: *\nDisallow: /a', '/a', false],
    [
      'other lines end no group',
      'User-agent: carnot-europe\nSitemap: https://one.example.eu/map\nUser-agent: x\nRequest-rate: 1/10\nDisallow: /a',
      '/a',
      false,
    ],
    ["rules before any group are nobody's", 'Disallow: /\nUser-agent: *\nAllow: /', '/a', true],
    ['a page for a browser instead', '<!doctype html><title>Not found</title><p>Disallow: /', '/a', true],
  ])('%s', async (_what, text, path, allowed) => {
    robots['one.example.eu'] = text;
    const fetched = gate().fetch(one(path), GET);
    if (allowed) expect(await fetched).toMatchObject({ status: 200 });
    else
      await expect(fetched).rejects.toMatchObject({
        kind: 'RobotsDisallowed',
        retryPolicy: 'person',
        message: expect.stringContaining(`one.example.eu${one(path).pathname}`),
      });
    expect(asked()).toEqual(allowed ? ['one/robots.txt', `one${path}`] : ['one/robots.txt']);
  });

  it('holds for POST', async () => {
    robots['one.example.eu'] = 'User-agent: *\nDisallow: /search';
    await expect(gate().fetch(one('/search'), POST)).rejects.toMatchObject({ kind: 'RobotsDisallowed' });
    expect(asked()).toEqual(['one/robots.txt']);
  });

  it('holds at each end of a redirect', async () => {
    robots['two.example.eu'] = 'User-agent: *\nDisallow: /end';
    const answer = hosts.handler;
    hosts.handler = (req, res) =>
      req.url === '/start'
        ? res.writeHead(302, { location: 'https://two.example.eu/end' }).end()
        : answer(req, res);
    await expect(gate().fetch(one('/start'), GET)).rejects.toMatchObject({ kind: 'RobotsDisallowed' });
    expect(asked()).toEqual(['one/robots.txt', 'one/start', 'two/robots.txt']);
  });

  it('is asked for honestly, and without what is meant for the documents', async () => {
    await gate().fetch(one('/a'), {
      ...GET,
      headers: { authorization: 'Bearer x', accept: 'application/json' },
    });
    expect(hosts.seen[0]).toMatchObject({
      method: 'GET',
      headers: { 'user-agent': 'carnot-test', accept: 'text/plain' },
    });
    expect(hosts.seen[0]!.headers.authorization).toBeUndefined();
  });

  it('is not asked for where the settings say so', async () => {
    robots['one.example.eu'] = 'User-agent: *\nDisallow: /';
    expect(await gate({ robots: false }).fetch(one('/a'), GET)).toMatchObject({ status: 200 });
    expect(asked()).toEqual(['one/a']);
  });
});

describe('its length', () => {
  const LIMIT = 500 * 1024;
  const rules = (before: number, last: string) => `User-agent: *\n${'#'.repeat(before)}\n${last}`;
  const allows = (text: string, path: string) => robotsRules(Buffer.from(text)).allow(one(path));

  it('is read up to 500 KiB, and what comes later is not', () => {
    const head = 'User-agent: *\n\n'.length;
    const [fits, beyond] = ['Disallow: /a\nDisallow: /b', 'Disallow: /archive\nDisallow: /b'];
    const text = rules(LIMIT - head - fits.length, fits);
    expect(Buffer.byteLength(text)).toBe(LIMIT);
    expect([allows(text, '/a'), allows(text, '/b')]).toEqual([false, false]);
    expect(allows(rules(LIMIT, beyond), '/b')).toBe(true);
  });

  it('never makes a rule of half a line: /a is not what /archive forbids', () => {
    const head = 'User-agent: *\n\n'.length;
    const text = rules(LIMIT - head - 'Disallow: /a'.length, 'Disallow: /archive');
    expect([allows(text, '/archive'), allows(text, '/a')]).toEqual([true, true]);
  });
});

it('is judged at once, however many names and stars its lines have', () => {
  const times = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i));
  const text = [
    ...times(9_000, (i) => `User-agent: other-${i}`),
    'User-agent: *',
    ...times(4_000, () => `Disallow: /${'*a'.repeat(20)}b`),
  ].join('\n');
  const { allow } = robotsRules(Buffer.from(text));
  expect([allow(one(`/${'a'.repeat(4_000)}`)), allow(one(`/${'a'.repeat(4_000)}b`))]).toEqual([true, false]);
});

describe('a robots.txt that is not there', () => {
  test.each([400, 401, 403, 404, 410, 418, 451])(
    'with status %i forbids nothing, for a day',
    async (code) => {
      robots['one.example.eu'] = status(code);
      const asking = gate();
      await asking.fetch(one('/a'), GET);
      now = 24 * HOUR - 1;
      await asking.fetch(one('/b'), GET);
      expect(asked()).toEqual(['one/robots.txt', 'one/a', 'one/b']);
    },
  );
});

describe('a robots.txt out of reach', () => {
  test.each<[what: string, answer: Answer]>([
    ['status 500', status(500)],
    ['status 503', status(503)],
    ['a redirect to nowhere', status(302)],
    ['status 304, unasked', status(304)],
    ['a connection that is cut', (req) => void req.socket.destroy()],
    ['no answer', () => undefined],
    [
      'a damaged body',
      (_req, res) =>
        res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('User-agent: *').subarray(0, -9)),
    ],
    ['a body without end', (_req, res) => res.writeHead(200, { 'content-length': '10001' }).flushHeaders()],
  ])('%s forbids everything until it is asked again', async (what, answer) => {
    robots['one.example.eu'] = answer;
    // robots.txt gets half the timeout: only the hanging cases get a shorter one.
    const asking = gate(HANGS.has(what) ? { timeoutMs: 4_000 } : {});
    const unreachable = {
      kind: 'RobotsUnreachable',
      retryPolicy: 'later',
      message: expect.stringContaining('one.example.eu/robots.txt'),
    };
    await expect(asking.fetch(one('/a'), GET)).rejects.toMatchObject(unreachable);
    robots['one.example.eu'] = 'User-agent: *\nDisallow: /b';
    now = 999;
    await expect(asking.fetch(one('/a'), GET)).rejects.toMatchObject(unreachable);
    expect(asked()).toEqual(['one/robots.txt']);
    now += 1;
    expect(await asking.fetch(one('/a'), GET)).toMatchObject({ status: 200 });
  });

  it('because the host does not exist says that', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    await expect(gate({}, { lookup }).fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'RobotsUnreachable',
      message: expect.stringContaining('no such host'),
    });
  });

  test.each<[string, number]>([
    ['status 429', 429],
    ['status 503 with Retry-After', 503],
  ])('%s asks to wait, and is asked again', async (_what, code) => {
    robots['one.example.eu'] = status(code, { 'retry-after': '7' });
    const asking = gate();
    await expect(asking.fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'HttpThrottled',
      retryPolicy: 'later',
      details: { retryAfterMs: 7_000 },
    });
    robots['one.example.eu'] = '';
    expect(await asking.fetch(one('/a'), GET)).toMatchObject({ status: 200 });
  });

  it('for a certificate that nobody vouches for is TlsFailed, as the document would be', async () => {
    jest.restoreAllMocks();
    hosts.begin({ vouched: false });
    await expect(gate().fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'TlsFailed',
      retryPolicy: 'person',
    });
  });
});

describe('a robots.txt that is elsewhere', () => {
  const chain = (length: number) => {
    hosts.handler = (req, res) => {
      const step = req.url === '/robots.txt' ? 0 : Number(/^\/r(\d+)$/.exec(req.url!)?.[1] ?? NaN);
      if (Number.isNaN(step)) res.end('document');
      else if (step < length)
        res.writeHead(301, { location: `https://${step % 2 ? 'one' : 'two'}.example.eu/r${step + 1}` }).end();
      else res.end('User-agent: *\nDisallow: /a');
    };
  };

  it('is followed five times, whatever documents are allowed, and is that of the host that sent us', async () => {
    chain(5);
    await expect(gate({ maxRedirects: 0 }).fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'RobotsDisallowed',
    });
    expect(asked()).toEqual(['one/robots.txt', 'two/r1', 'one/r2', 'two/r3', 'one/r4', 'two/r5']);
  });

  it('and further away is as if there were none', async () => {
    chain(6);
    expect(await gate().fetch(one('/a'), GET)).toMatchObject({ status: 200 });
    expect(asked()).not.toContain('one/r6');
  });

  test.each(['http://one.example.eu/robots.txt', 'https://127.0.0.1/robots.txt', 'https://localhost/'])(
    'is not read at %s',
    async (location) => {
      robots['one.example.eu'] = status(302, { location });
      await expect(gate().fetch(one('/a'), GET)).rejects.toMatchObject({
        kind: 'GateRefused',
        message: expect.stringContaining('the robots.txt of one.example.eu'),
      });
      expect(asked()).toEqual(['one/robots.txt']);
    },
  );
});

describe('a robots.txt that was read', () => {
  it('holds for a day, for each host apart', async () => {
    robots['one.example.eu'] = 'User-agent: *\nDisallow: /a';
    const asking = gate();
    await asking.fetch(one('/b'), GET);
    robots['one.example.eu'] = '';
    now = 24 * HOUR - 1;
    await expect(asking.fetch(one('/a'), GET)).rejects.toMatchObject({ kind: 'RobotsDisallowed' });
    await asking.fetch(new URL('https://two.example.eu/a'), GET);
    now += 1;
    await asking.fetch(one('/a'), GET);
    expect(asked()).toEqual([
      'one/robots.txt',
      'one/b',
      'two/robots.txt',
      'two/a',
      'one/robots.txt',
      'one/a',
    ]);
  });

  it('over a connection that is trusted is not that of a stranger, who may be another server by the same name', async () => {
    const read: boolean[] = [];
    const both = new Robots(
      async ({ trusted }) => {
        read.push(trusted);
        return Buffer.from(trusted ? 'User-agent: *\nDisallow: /a' : '');
      },
      () => now,
    );
    const check = (trusted: boolean) => both.check({ url: one('/a'), method: 'GET', trusted }, undefined);
    await check(false);
    await expect(check(true)).rejects.toMatchObject({ kind: 'RobotsDisallowed' });
    await check(false);
    expect(read).toEqual([false, true]);
  });

  it('is asked for once by all who come at the same time', async () => {
    robots['one.example.eu'] = (_req, res) =>
      void setTimeout(() => res.end('User-agent: *\nDisallow: /7'), 50);
    const asking = gate();
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) => asking.fetch(one(`/${i}`), GET)),
    );
    expect(all.map((x) => x.status === 'fulfilled')).toEqual(all.map((_, i) => i !== 7));
    expect(asked().filter((x) => x === 'one/robots.txt')).toHaveLength(1);
  });
});
