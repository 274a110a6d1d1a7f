import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Postponed } from '../../../src/kernel/errors.js';
import { NotedRateLimit } from '../../support/harvest/noted-rate-limit.js';
import { GET, POST, Strangers } from '../../support/strangers.js';

let hosts: Strangers;
let rateLimit: NotedRateLimit;
let robots: string | null;
type Said = { status: number; headers?: Record<string, string> };
let answer: (path: string) => Said;

beforeAll(async () => {
  hosts = await Strangers.start();
});
afterAll(() => hosts.stop());
beforeEach(() => {
  hosts.begin();
  [rateLimit, robots, answer] = [new NotedRateLimit(), null, () => ({ status: 200 })];
  hosts.handler = (req, res) => {
    if (req.url === '/robots.txt') return void (robots === null ? res.writeHead(404).end() : res.end(robots));
    const { status, headers } = answer(`${req.headers.host!.split('.')[0]}${req.url}`);
    res.writeHead(status, headers).end('document');
  };
});
afterEach(() => hosts.end());

const gate = (changed = {}) => hosts.gate({ robots: true, ...changed }, { rateLimit });
const one = (path: string): URL => new URL(path, 'https://one.example.eu');
const asked = () => hosts.seen.map(({ host, url }) => `${host!.split('.')[0]}${url}`);
const rate = (perMinute: number, everySeconds: number | null = null) => ({ perMinute, everySeconds });

describe('a place at the host', () => {
  it('is taken for every request: robots.txt, document, and each end of a redirect', async () => {
    answer = (path) =>
      path === 'one/a' ? { status: 302, headers: { location: 'https://two.example.eu/b' } } : { status: 200 };
    await gate().fetch(one('/a'), { ...GET, perMinute: 120 });
    expect(asked()).toEqual(['one/robots.txt', 'one/a', 'two/robots.txt', 'two/b']);
    expect(rateLimit.noted).toEqual(
      ['one', 'one', 'two', 'two'].map((host) => ['take', `${host}.example.eu`, rate(120)]),
    );
  });

  it('is taken for POST as well, and at the rate of the settings where the request says none', async () => {
    await gate({ requestsPerMinute: 17, robots: false }).fetch(one('/a'), POST);
    expect(rateLimit.noted).toEqual([['take', 'one.example.eu', rate(17)]]);
  });

  it('is not taken for what is not asked: a refused address, a forbidden path', async () => {
    robots = 'User-agent: *\nDisallow: /a';
    await expect(gate().fetch(new URL('https://127.0.0.1/'), GET)).rejects.toMatchObject({
      kind: 'GateRefused',
    });
    await expect(gate().fetch(one('/a'), GET)).rejects.toMatchObject({ kind: 'RobotsDisallowed' });
    expect(rateLimit.noted).toEqual([['take', 'one.example.eu', rate(60)]]);
  });

  it('is taken less often where a Crawl-delay says so', async () => {
    robots = 'User-agent: *\nCrawl-delay: 1\n\nUser-agent: carnot-europe\nCrawl-delay: 2.5\nAllow: /';
    await gate().fetch(one('/a'), { ...GET, perMinute: 120 });
    expect(rateLimit.noted.map(([, , asked]) => asked)).toEqual([rate(120), rate(120, 2.5)]);
  });

  test.each([
    ['0', null],
    ['-3', null],
    ['soon', null],
    ['7', 7],
    ['9999999', 5 * 3600],
  ])('Crawl-delay %s is %s seconds', async (text, seconds) => {
    robots = `User-agent: *\nCrawl-delay: ${text}`;
    await gate().fetch(one('/a'), GET);
    expect(rateLimit.noted[1]![2]).toEqual(rate(60, seconds));
  });

  it('is the same place with a dot at the end of the name, and another one at another port', async () => {
    const server = http.createServer((_req, res) => res.end('document'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await gate({ robots: false }).fetch(new URL('https://one.example.eu./a'), GET);
    await gate({ robots: false, trustedOrigins: [origin] }).fetch(new URL(origin), GET);
    expect(rateLimit.noted.map(([, host]) => host)).toEqual([
      'one.example.eu',
      origin.slice('http://'.length),
    ]);
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });
});

describe('where there is no place', () => {
  it('nothing is asked, and it is no failure but Postponed', async () => {
    rateLimit.full['one.example.eu'] = 4_321;
    const refused = await gate()
      .fetch(one('/a'), GET)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Postponed);
    expect(refused).toMatchObject({ waitMs: 4_321 });
    expect(asked()).toEqual([]);
  });

  it('for the robots.txt, it is asked for when there is one', async () => {
    rateLimit.full['one.example.eu'] = 100;
    const asking = gate();
    await expect(asking.fetch(one('/a'), GET)).rejects.toBeInstanceOf(Postponed);
    rateLimit.full = {};
    await asking.fetch(one('/a'), GET);
    expect(asked()).toEqual(['one/robots.txt', 'one/a']);
  });

  it('at the next host of a redirect, that one is not asked', async () => {
    answer = () => ({ status: 302, headers: { location: 'https://two.example.eu/b' } });
    rateLimit.full['two.example.eu'] = 100;
    await expect(gate().fetch(one('/a'), GET)).rejects.toBeInstanceOf(Postponed);
    expect(asked()).toEqual(['one/robots.txt', 'one/a']);
  });

  it('a redirect within the host is followed and counted: put off, it would be begun anew each time and never end', async () => {
    answer = (path) => (path === 'one/a' ? { status: 302, headers: { location: '/b' } } : { status: 200 });
    await gate({ robots: false }).fetch(one('/a'), GET);
    expect(rateLimit.noted).toEqual([
      ['take', 'one.example.eu', rate(60)],
      ['count', 'one.example.eu', rate(60)],
    ]);
    expect(asked()).toEqual(['one/a', 'one/b']);
  });
});

describe('a host that asks to wait', () => {
  const held = () => rateLimit.noted.filter(([what]) => what === 'hold');

  test.each([
    [429, '120', 120_000],
    [503, '7', 7_000],
  ])('with %i and Retry-After %s is held for all, and the error says how long', async (status, value, ms) => {
    answer = () => ({ status, headers: { 'retry-after': value } });
    await expect(gate().fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'HttpThrottled',
      details: { retryAfterMs: ms },
    });
    expect(held()).toEqual([['hold', 'one.example.eu', ms]]);
  });

  test.each<[number, Record<string, string>]>([
    [429, {}],
    [429, { 'retry-after': '0' }],
    [429, { 'retry-after': 'soon' }],
    [500, { 'retry-after': '7' }],
    [404, { 'retry-after': '7' }],
  ])('with %i and %j is not', async (status, headers) => {
    answer = () => ({ status, headers });
    await expect(gate().fetch(one('/a'), GET)).rejects.toThrow(`status ${status}`);
    expect(held()).toEqual([]);
  });

  it('is held where it is the end of a redirect that does', async () => {
    answer = (path): Said =>
      path === 'one/a'
        ? { status: 302, headers: { location: 'https://two.example.eu/b' } }
        : { status: 429, headers: { 'retry-after': '5' } };
    await expect(gate().fetch(one('/a'), GET)).rejects.toMatchObject({ kind: 'HttpThrottled' });
    expect(held()).toEqual([['hold', 'two.example.eu', 5_000]]);
  });

  it('is held where it does so for its robots.txt', async () => {
    hosts.handler = (_req, res) => res.writeHead(429, { 'retry-after': '9' }).end();
    await expect(gate().fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'HttpThrottled',
      details: { retryAfterMs: 9_000 },
    });
    expect(held()).toEqual([['hold', 'one.example.eu', 9_000]]);
  });

  it('is told of although it could not be noted', async () => {
    rateLimit.hold = () => Promise.reject(new Error('no database'));
    answer = () => ({ status: 429, headers: { 'retry-after': '5' } });
    await expect(gate().fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'HttpThrottled',
      details: { retryAfterMs: 5_000 },
    });
  });

  it('is told of without a pace, too', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '5' } });
    await expect(hosts.gate().fetch(one('/a'), GET)).rejects.toMatchObject({
      kind: 'HttpThrottled',
      details: { retryAfterMs: 5_000 },
    });
  });
});
