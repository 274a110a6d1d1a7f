import http from 'node:http';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { GET, POST, PUBLIC, Strangers } from '../../support/strangers.js';

/** Addresses refused as written, before any name is resolved. */
const ADDRESSES: Record<string, string[]> = {
  loopback: [
    'https://127.0.0.1/',
    'https://127.1/',
    'https://127.0.1/',
    'https://127.0.0.1./',
    'https://127.255.255.254/',
  ],
  'loopback, decimal': ['https://2130706433/'],
  'loopback, hex': ['https://0x7f000001/', 'https://0x7f.1/', 'https://0x7F.0x0.0x0.0x1/'],
  'loopback, octal': ['https://0177.0.0.1/', 'https://017700000001/'],
  'loopback, in other letters': ['https://%31%32%37.0.0.1/', 'https://①②⑦.0.0.1/', 'https://127。0。0。1/'],
  unspecified: ['https://0/', 'https://0.0.0.0/', 'https://0.1.2.3/'],
  private: [
    'https://10.0.0.1/',
    'https://10.255.255.255/',
    'https://167772161/',
    'https://172.16.0.1/',
    'https://172.31.255.255/',
    'https://192.168.0.1/',
    'https://0xc0a80001/',
    'https://192.168.1/',
  ],
  'link-local, metadata': [
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://0xA9FEA9FE/',
    'https://0251.0376.0251.0376/',
  ],
  'metadata elsewhere': ['https://168.63.129.16/', 'https://100.100.100.200/', 'https://192.0.0.192/'],
  'shared, documentation, benchmarking, 6to4 relay': [
    'https://100.64.0.1/',
    'https://100.127.255.255/',
    'https://192.0.2.1/',
    'https://198.51.100.7/',
    'https://203.0.113.9/',
    'https://198.18.0.1/',
    'https://198.19.255.255/',
    'https://192.88.99.1/',
  ],
  'multicast, reserved, broadcast': [
    'https://224.0.0.1/',
    'https://239.255.255.250/',
    'https://240.0.0.1/',
    'https://255.255.255.255/',
    'https://4294967295/',
  ],
  'IPv6 of the inside': [
    'https://[::]/',
    'https://[::1]/',
    'https://[0:0:0:0:0:0:0:1]/',
    'https://[fe80::1]/',
    'https://[febf::1]/',
    'https://[fec0::1]/',
    'https://[fc00::1]/',
    'https://[fd00:ec2::254]/',
    'https://[ff02::1]/',
  ],
  'IPv6 that leads nowhere public': [
    'https://[100::1]/',
    'https://[2001:db8::1]/',
    'https://[3fff::1]/',
    'https://[2001:2::1]/',
    'https://[2001:10::1]/',
    'https://[5f00::1]/',
    'https://[4000::1]/',
    'https://[1::1]/',
  ],
  'IPv4 mapped into IPv6': [
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[::ffff:10.0.0.1]/',
  ],
  'IPv4 compatible, translated': ['https://[::127.0.0.1]/', 'https://[::ffff:0:127.0.0.1]/'],
  NAT64: [
    'https://[64:ff9b::7f00:1]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://[64:ff9b:1::10.0.0.1]/',
  ],
  '6to4, Teredo': [
    'https://[2002:7f00:1::]/',
    'https://[2002:a9fe:a9fe::1]/',
    'https://[2001:0:7f00:1:0:0:f5ff:fffe]/',
    'https://[2001:0:5db8:d70e:0:0:80ff:fffe]/',
  ],
  'a name of the inside': [
    'https://localhost/',
    'https://LOCALHOST/',
    'https://localhost./',
    'https://a.localhost/',
    'https://db.local/',
    'https://intranet/',
    'https://metadata.google.internal/',
    'https://metadata.google.internal./',
    'https://router.home.arpa/',
    'https://localhost.localdomain/',
  ],
  'no https': [
    'http://one.example.eu/',
    'http://93.184.215.14/',
    'ftp://one.example.eu/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'gopher://one.example.eu/',
    'ws://one.example.eu/',
    'wss://one.example.eu/',
    'javascript:1',
    'blob:https://one.example.eu/x',
  ],
  'an odd port': [
    'https://one.example.eu:8443/',
    'https://one.example.eu:80/',
    'https://one.example.eu:22/',
    'https://one.example.eu:6379/',
  ],
  userinfo: [
    'https://user@one.example.eu/',
    'https://user:secret@one.example.eu/',
    'https://:secret@one.example.eu/',
    'https://one.example.eu@127.0.0.1/',
  ],
};

/** What a public-looking name resolves to. */
const NAMES: [what: string, answer: string[]][] = [
  ['loopback', ['127.0.0.1']],
  ['IPv6 loopback', ['::1']],
  ['private', ['10.1.2.3']],
  ['metadata', ['169.254.169.254']],
  ['IPv6 metadata', ['fd00:ec2::254']],
  ['mapped loopback', ['::ffff:127.0.0.1']],
  ['mapped in hex', ['::ffff:7f00:1']],
  ['NAT64 of a private address', ['64:ff9b::a00:1']],
  ['6to4 of a private address', ['2002:a00:1::1']],
  ['link-local with a zone', ['fe80::1%eth0']],
  ['public with a zone', ['2606:2800:21f:cb07::1%eth0']],
  ['unspecified', ['0.0.0.0']],
  ['shared', ['100.64.1.1']],
  ['public, then private', [PUBLIC, '192.168.0.1']],
  ['private, then public', ['192.168.0.1', PUBLIC]],
  ['public, then IPv6 unique-local', [PUBLIC, 'fd12::1']],
  ['no address', ['example.org']],
  ['a short form', ['127.1']],
  ['an empty text', ['']],
];

interface Redirect {
  to: string;
  status?: number;
  post?: true;
  fromTrusted?: true;
  resolves?: [string, string[]];
}

/** Redirects from https://one.example.eu/start or the trusted origin. INSIDE: that origin, on loopback. */
const REDIRECTS: [what: string, redirect: Redirect][] = [
  ...[
    'https://127.0.0.1/',
    '//127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/',
    'https://[fd00:ec2::254]/',
    'https://[fe80::1%25eth0]/',
    'https://localhost/',
    'https://localhost./',
    'https://two.example.eu:8443/',
    'https://u:p@two.example.eu/',
    'https://two.example.eu@127.0.0.1/',
    'http://two.example.eu/',
    'http://one.example.eu/start',
    'http://169.254.169.254/latest/',
    'file:///etc/passwd',
    'data:text/html,x',
    'ftp://two.example.eu/',
    'https://',
  ].map((to): [string, Redirect] => [to, { to }]),
  ...[301, 302, 303, 307, 308].map((status): [string, Redirect] => [
    `a POST with ${status}, to another host`,
    { to: 'https://two.example.eu/', status, post: true },
  ]),
  ['a POST with 302, within the host', { to: '/end', post: true }],
  [
    'a name that resolves to a private address',
    { to: 'https://two.example.eu/', resolves: ['two.example.eu', ['10.0.0.1']] },
  ],
  [
    'a name that resolves to loopback too',
    { to: 'https://two.example.eu/', resolves: ['two.example.eu', [PUBLIC, '127.0.0.1']] },
  ],
  ['back to a trusted origin', { to: 'INSIDE/' }],
  [
    'back to a trusted name, which resolves to the inside',
    { to: 'https://inside.example.eu/', resolves: ['inside.example.eu', ['10.0.0.1']] },
  ],
  ['from a trusted origin to a stranger', { to: 'https://one.example.eu/', fromTrusted: true }],
  ['from a trusted origin to loopback', { to: 'http://127.0.0.1/', fromTrusted: true }],
  ['from a trusted origin to itself', { to: '/end', fromTrusted: true }],
];

const REFUSED = { kind: 'GateRefused', retryPolicy: 'never' };
const addresses = Object.entries(ADDRESSES).flatMap(([what, urls]) =>
  urls.map((url) => [what, url] as const),
);
let hosts: Strangers;
let inside: http.Server;
let insideOrigin: string;
let insideSeen: string[];
let location: string;
let status: number;

const answerStart = (url: string | undefined, res: http.ServerResponse): void => {
  if (url === '/start') res.writeHead(status, { location }).end('moved');
  else if (url === '/robots.txt') res.writeHead(404).end();
  else res.end('what nobody may see');
};
beforeAll(async () => {
  hosts = await Strangers.start();
  inside = http.createServer((req, res) => {
    insideSeen.push(req.url!);
    answerStart(req.url, res);
  });
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  insideOrigin = `http://127.0.0.1:${(inside.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await hosts.stop();
  await new Promise((resolve) => {
    inside.close(resolve);
    inside.closeAllConnections();
  });
});
beforeEach(() => {
  hosts.begin();
  insideSeen = [];
  hosts.handler = (req, res) => answerStart(req.url, res);
});
afterEach(() => hosts.end());

// With robots.txt, to check that forbidden hosts are not asked for it either.
const gate = () => hosts.gate({ robots: true, trustedOrigins: [insideOrigin, 'https://inside.example.eu'] });
const asked = () => hosts.seen.map(({ host, url }) => `${host}${url}`);

it('at least 60 addresses and redirects are tried, each once', () => {
  const all = [
    ...addresses.map(([, url]) => url),
    ...NAMES.map(([, answer]) => answer.join()),
    ...REDIRECTS.map(([, redirect]) => JSON.stringify(redirect)),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect([addresses.length, NAMES.length, REDIRECTS.length].every((n) => n >= 19)).toBe(true);
  expect(all.length).toBeGreaterThanOrEqual(60);
});

describe('refused by what the address says', () => {
  test.each(addresses)('%s: %s', async (_what, url) => {
    await expect(gate().fetch(new URL(url), GET)).rejects.toMatchObject(REFUSED);
    expect([hosts.resolutions, asked(), insideSeen]).toEqual([[], [], []]);
    expect(tls.connect).not.toHaveBeenCalled();
  });
});

describe('refused by what the name resolves to', () => {
  test.each(NAMES)('%s', async (_what, answer) => {
    hosts.answers['calls.example.eu'] = [answer];
    await expect(gate().fetch(new URL('https://calls.example.eu/'), GET)).rejects.toMatchObject(REFUSED);
    expect([hosts.resolutions, hosts.connectedTo, asked()]).toEqual([['calls.example.eu'], [], []]);
  });

  it('another address at the second resolution, after the robots.txt (rebinding)', async () => {
    hosts.answers['one.example.eu'] = [[PUBLIC], ['127.0.0.1']];
    hosts.handler = (_req, res) => res.writeHead(404, { connection: 'close' }).end();
    await expect(gate().fetch(new URL('https://one.example.eu/'), GET)).rejects.toMatchObject(REFUSED);
    expect([hosts.resolutions.length, asked()]).toEqual([2, ['one.example.eu/robots.txt']]);
  });

  it('another address for the second request (rebinding)', async () => {
    hosts.answers['one.example.eu'] = [[PUBLIC], [PUBLIC], ['10.0.0.1']];
    hosts.handler = (_req, res) => res.writeHead(200, { connection: 'close' }).end();
    const one = gate();
    expect(await one.fetch(new URL('https://one.example.eu/'), GET)).toMatchObject({ status: 200 });
    await expect(one.fetch(new URL('https://one.example.eu/'), GET)).rejects.toMatchObject(REFUSED);
    expect(asked()).toEqual(['one.example.eu/robots.txt', 'one.example.eu/']);
  });
});

describe('refused as the end of a redirect', () => {
  test.each(REDIRECTS)('%s', async (_what, { to, status: given = 302, post, fromTrusted, resolves }) => {
    [location, status] = [to.replace('INSIDE', insideOrigin), given];
    if (resolves) hosts.answers[resolves[0]] = [resolves[1]];
    const start = fromTrusted ? `${insideOrigin}/start` : 'https://one.example.eu/start';
    await expect(gate().fetch(new URL(start), post ? POST : GET)).rejects.toMatchObject(REFUSED);
    // The first host was requested, and no other host received any request.
    expect(fromTrusted ? insideSeen : asked()).toEqual(
      fromTrusted ? ['/robots.txt', '/start'] : ['one.example.eu/robots.txt', 'one.example.eu/start'],
    );
    expect(fromTrusted ? asked() : insideSeen).toEqual([]);
  });
});

describe('let through', () => {
  test.each([
    'https://one.example.eu/',
    'https://one.example.eu:443/?a=b',
    'https://ONE.example.eu/',
    'https://one.example.eu./',
    'https://one.example.eu/x/127.0.0.1',
  ])('%s', async (url) => {
    expect(await gate().fetch(new URL(url), GET)).toMatchObject({ status: 200 });
    expect(hosts.connectedTo[0]).toEqual([{ address: PUBLIC, family: 4 }]);
  });

  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '172.32.0.1',
    '192.169.0.1',
    '2a01:7080:24:100::666:30',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ])('a name that resolves to %s', async (address) => {
    // One resolution for robots.txt, one for the document.
    hosts.answers['one.example.eu'] = [[address], [address]];
    expect(await gate().fetch(new URL('https://one.example.eu/'), GET)).toMatchObject({ status: 200 });
    expect(new Set(hosts.connectedTo.flat().map((to) => to.address))).toEqual(new Set([address]));
  });

  it('a trusted origin, http and loopback', async () => {
    expect(await gate().fetch(new URL(`${insideOrigin}/document`), GET)).toMatchObject({ status: 200 });
    expect(insideSeen).toEqual(['/robots.txt', '/document']);
  });

  it('a redirect from one public host to another', async () => {
    [location, status] = ['https://two.example.eu/end', 301];
    expect(await gate().fetch(new URL('https://one.example.eu/start'), GET)).toMatchObject({
      url: 'https://two.example.eu/end',
    });
    expect(asked()).toEqual([
      'one.example.eu/robots.txt',
      'one.example.eu/start',
      'two.example.eu/robots.txt',
      'two.example.eu/end',
    ]);
  });
});
