import net from 'node:net';
import tls from 'node:tls';
import { refusalOfAddress, refusalOfHostname } from '../../src/platform/http/address-check.js';
import { Gate } from '../../src/platform/http/gate.js';
import { pinnedLookup, resolveChecked, type ResolvedAddress } from '../../src/platform/http/pinned-lookup.js';
import { checkUrl } from '../../src/platform/http/url-policy.js';

const PUBLIC = '93.184.215.14';
const entry = (address: string): ResolvedAddress => ({ address, family: net.isIPv6(address) ? 6 : 4 });
const GET = { method: 'GET' as const, headers: {}, body: null };
const options = { trustedOrigins: [], userAgent: 'carnot-test', timeoutMs: 2000, maxBytes: 1000, maxRedirects: 3 };

/** Refused by what they say, before any name is resolved. */
const URLS = [
  // Loopback, in every spelling that the URL parser turns into 127.0.0.1.
  'https://127.0.0.1/', 'https://127.1/', 'https://127.0.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0x7f.1/',
  'https://0177.0.0.1/', 'https://0x7F.0x0.0x0.0x1/', 'https://017700000001/', 'https://127.0.0.1./', 'https://%31%32%37.0.0.1/',
  'https://①②⑦.0.0.1/', 'https://127。0。0。1/', 'https://127.255.255.254/',
  // Unspecified, private, link-local, metadata.
  'https://0/', 'https://0.0.0.0/', 'https://0.1.2.3/', 'https://10.0.0.1/', 'https://10.255.255.255/', 'https://167772161/',
  'https://172.16.0.1/', 'https://172.31.255.255/', 'https://192.168.0.1/', 'https://0xc0a80001/', 'https://192.168.1/',
  'https://169.254.169.254/latest/meta-data/', 'https://2852039166/', 'https://0xA9FEA9FE/', 'https://0251.0376.0251.0376/',
  'https://168.63.129.16/', 'https://100.100.100.200/',
  // Shared, protocol assignments, documentation, benchmarking, 6to4 relay, multicast, reserved, broadcast.
  'https://100.64.0.1/', 'https://100.127.255.255/', 'https://192.0.0.192/', 'https://192.0.2.1/', 'https://198.51.100.7/',
  'https://203.0.113.9/', 'https://198.18.0.1/', 'https://198.19.255.255/', 'https://192.88.99.1/', 'https://224.0.0.1/',
  'https://239.255.255.250/', 'https://240.0.0.1/', 'https://255.255.255.255/', 'https://4294967295/',
  // IPv6.
  'https://[::]/', 'https://[::1]/', 'https://[0:0:0:0:0:0:0:1]/', 'https://[fe80::1]/', 'https://[febf::1]/', 'https://[fec0::1]/',
  'https://[fc00::1]/', 'https://[fd00:ec2::254]/', 'https://[ff02::1]/', 'https://[100::1]/', 'https://[2001:db8::1]/',
  'https://[3fff::1]/', 'https://[2001:2::1]/', 'https://[2001:10::1]/', 'https://[5f00::1]/', 'https://[4000::1]/', 'https://[1::1]/',
  // IPv4 within IPv6: mapped, compatible, translated, NAT64 (both prefixes), 6to4, Teredo.
  'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/', 'https://[::ffff:169.254.169.254]/', 'https://[::ffff:10.0.0.1]/',
  'https://[::127.0.0.1]/', 'https://[::ffff:0:127.0.0.1]/', 'https://[64:ff9b::7f00:1]/', 'https://[64:ff9b::169.254.169.254]/',
  'https://[64:ff9b:1::10.0.0.1]/', 'https://[2002:7f00:1::]/', 'https://[2002:a9fe:a9fe::1]/',
  'https://[2001:0:7f00:1:0:0:f5ff:fffe]/', 'https://[2001:0:5db8:d70e:0:0:80ff:fffe]/',
  // Names of the inside, whatever they would resolve to.
  'https://localhost/', 'https://LOCALHOST/', 'https://localhost./', 'https://a.localhost/', 'https://db.local/', 'https://intranet/',
  'https://metadata.google.internal/', 'https://router.home.arpa/', 'https://localhost.localdomain/',
  // Scheme, port, userinfo.
  'http://example.eu/', 'http://93.184.215.14/', 'https://example.eu:8443/', 'https://example.eu:80/', 'https://example.eu:22/',
  'https://user@example.eu/', 'https://user:secret@example.eu/', 'https://:secret@example.eu/', 'https://example.eu@127.0.0.1/',
  'ftp://example.eu/', 'file:///etc/passwd', 'data:text/plain,x', 'gopher://example.eu/', 'ws://example.eu/', 'javascript:1',
];

/** What a resolver may say of a name that looks public. */
const ANSWERS: [string, string[]][] = [
  ['loopback', ['127.0.0.1']], ['IPv6 loopback', ['::1']], ['private', ['10.1.2.3']], ['metadata', ['169.254.169.254']],
  ['IPv6 metadata', ['fd00:ec2::254']], ['mapped loopback', ['::ffff:127.0.0.1']], ['mapped in hex', ['::ffff:7f00:1']],
  ['NAT64 of a private address', ['64:ff9b::a00:1']], ['6to4 of a private address', ['2002:a00:1::1']], ['link-local with a zone', ['fe80::1%eth0']],
  ['public with a zone', ['2606:2800:21f:cb07::1%eth0']], ['unspecified', ['0.0.0.0']], ['shared', ['100.64.1.1']],
  ['public, then private', [PUBLIC, '192.168.0.1']], ['private, then public', ['192.168.0.1', PUBLIC]],
  ['public, then IPv6 unique-local', [PUBLIC, 'fd12::1']], ['no address', ['example.org']], ['a short form', ['127.1']], ['an empty text', ['']],
];

const PASS = [
  PUBLIC, '1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.1', '100.63.255.255', '100.128.0.1', '126.255.255.255', '128.0.0.1',
  '169.253.255.255', '172.15.255.255', '172.32.0.1', '192.167.255.255', '192.169.0.1', '198.17.255.255', '198.20.0.1', '223.255.255.255',
  '147.67.210.30', '2a01:7080:24:100::666:30', '2606:4700:4700::1111', '2001:4860:4860::8888', '::ffff:8.8.8.8', '64:ff9b::808:808',
];

afterEach(() => jest.restoreAllMocks());

describe('the gate refuses by the URL', () => {
  test.each(URLS)('%s', async (text) => {
    const connect = jest.spyOn(tls, 'connect');
    const lookup = jest.fn(async () => [entry(PUBLIC)]);
    const gate = new Gate(options, { lookup });
    await expect(gate.fetch(new URL(text), GET)).rejects.toMatchObject({ kind: 'GateRefused', remedy: 'never' });
    expect(lookup).not.toHaveBeenCalled();
    expect(connect).not.toHaveBeenCalled();
    await gate.close();
  });

  it('covers at least 60 of them, each once', () => {
    expect(new Set(URLS).size).toBe(URLS.length);
    expect(URLS.length + ANSWERS.length).toBeGreaterThanOrEqual(60);
  });

  it('says the host and the path, and no secret', async () => {
    const gate = new Gate(options);
    const error = await gate.fetch(new URL('https://me:hunter2@example.eu/a/b?token=t0psecret#x'), GET).catch((e: Error) => e);
    expect((error as Error).message).toContain('example.eu/a/b');
    expect((error as Error).message).not.toMatch(/hunter2|t0psecret|token|me:/);
  });
});

describe('the gate refuses by what a name resolves to', () => {
  test.each(ANSWERS)('%s', async (_what, addresses) => {
    const lookup = jest.fn(async () => addresses.map(entry));
    const connected = jest.spyOn(net.Socket.prototype, 'setKeepAlive');
    const gate = new Gate(options, { lookup });
    await expect(gate.fetch(new URL('https://calls.example.eu/'), GET)).rejects.toMatchObject({ kind: 'GateRefused', remedy: 'never' });
    expect(lookup).toHaveBeenCalledTimes(1);
    // The socket was made and got no address.
    expect(connected).toHaveBeenCalledTimes(1);
    expect(connected.mock.contexts.every((socket) => (socket as net.Socket).remoteAddress === undefined)).toBe(true);
    await gate.close();
  });
});

describe('names that do not resolve', () => {
  test.each([['ENOTFOUND', 'NotFoundHost'], ['EAI_AGAIN', 'DnsFailure'], ['ESERVFAIL', 'DnsFailure']])('%s is %s, for later', async (code, kind) => {
    const gate = new Gate(options, { lookup: () => Promise.reject(Object.assign(new Error('no'), { code })) });
    await expect(gate.fetch(new URL('https://calls.example.eu/'), GET)).rejects.toMatchObject({ kind, remedy: 'later' });
    await gate.close();
  });

  it('an empty answer is NotFoundHost', async () => {
    await expect(resolveChecked('calls.example.eu', async () => [])).rejects.toMatchObject({ kind: 'NotFoundHost', remedy: 'later' });
  });

  it('a resolver that never answers ends with the time limit', async () => {
    const gate = new Gate({ ...options, timeoutMs: 100 }, { lookup: () => new Promise(() => undefined) });
    await expect(gate.fetch(new URL('https://calls.example.eu/'), GET)).rejects.toMatchObject({ kind: 'Timeout', remedy: 'later' });
    await gate.close();
  });
});

describe('what is public passes', () => {
  test.each(PASS)('%s', async (address) => {
    expect(refusalOfAddress(address)).toBeNull();
    expect(refusalOfHostname(net.isIPv6(address) ? `[${address}]` : address)).toBeNull();
    await expect(resolveChecked('calls.example.eu', async () => [entry(address)])).resolves.toEqual([entry(address)]);
  });

  test.each(['https://ec.europa.eu/info', 'https://ec.europa.eu:443/', 'https://ec.europa.eu./', 'https://localhost.example.eu/', 'https://xn--bcher-kva.example.eu/', 'https://calls.thelocal/'])('%s', (text) => {
    expect(() => checkUrl(new URL(text))).not.toThrow();
  });
});

describe('the pinned lookup', () => {
  const call = (lookup: net.LookupFunction, all: boolean) =>
    new Promise<unknown[]>((resolve) => lookup('calls.example.eu', { all }, (...result: unknown[]) => resolve(result)));

  it('gives all checked addresses or the first, as net.connect asks', async () => {
    const lookup = pinnedLookup(async () => [entry(PUBLIC), entry('1.1.1.1')]);
    expect(await call(lookup, true)).toEqual([null, [entry(PUBLIC), entry('1.1.1.1')]]);
    expect(await call(lookup, false)).toEqual([null, PUBLIC, 4]);
  });

  it('checks each resolution anew: a name that turns private is refused', async () => {
    const answers = [[entry(PUBLIC)], [entry('127.0.0.1')]];
    const lookup = pinnedLookup(async () => answers.shift() ?? []);
    expect(await call(lookup, false)).toEqual([null, PUBLIC, 4]);
    expect((await call(lookup, false))[0]).toMatchObject({ kind: 'GateRefused' });
  });
});
