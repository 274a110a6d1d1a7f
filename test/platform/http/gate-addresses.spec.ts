import net from 'node:net';
import {
  pinnedLookup,
  refusalOfAddress,
  refusalOfHostname,
  resolveChecked,
  checkUrl,
} from '../../../src/platform/http/address-check.js';
import { Gate } from '../../../src/platform/http/gate.js';
import { entry, GET, PUBLIC } from '../../support/strangers.js';

const options = {
  trustedOrigins: [],
  userAgent: 'carnot-test',
  timeoutMs: 30_000,
  maxBytes: 1000,
  maxRedirects: 3,
  robots: false,
  requestsPerMinute: 60,
};

const PASS = [
  PUBLIC,
  '1.1.1.1',
  '8.8.8.8',
  '9.255.255.255',
  '11.0.0.1',
  '100.63.255.255',
  '100.128.0.1',
  '126.255.255.255',
  '128.0.0.1',
  '169.253.255.255',
  '172.15.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '192.169.0.1',
  '198.17.255.255',
  '198.20.0.1',
  '223.255.255.255',
  '147.67.210.30',
  '2a01:7080:24:100::666:30',
  '2606:4700:4700::1111',
  '2001:4860:4860::8888',
  '::ffff:8.8.8.8',
  '64:ff9b::808:808',
];

afterEach(() => jest.restoreAllMocks());

describe('a refusal', () => {
  it('says the host and the path, and no secret', async () => {
    const gate = new Gate(options);
    const error = await gate
      .fetch(new URL('https://me:hunter2@example.eu/a/b?token=t0psecret#x'), GET)
      .catch((e: Error) => e);
    expect((error as Error).message).toContain('example.eu/a/b');
    expect((error as Error).message).not.toMatch(/hunter2|t0psecret|token|me:/);
  });

  it('for what a name resolves to leaves the socket without an address', async () => {
    const connected = jest.spyOn(net.Socket.prototype, 'setKeepAlive');
    const gate = new Gate(options, { lookup: async () => [entry('10.1.2.3')] });
    await expect(gate.fetch(new URL('https://calls.example.eu/'), GET)).rejects.toMatchObject({
      kind: 'GateRefused',
    });
    expect(connected).toHaveBeenCalledTimes(1);
    expect(
      connected.mock.contexts.every((socket) => (socket as net.Socket).remoteAddress === undefined),
    ).toBe(true);
    await gate.close();
  });
});

describe('names that do not resolve', () => {
  test.each([
    ['ENOTFOUND', 'NotFoundHost'],
    ['EAI_AGAIN', 'DnsFailure'],
    ['ESERVFAIL', 'DnsFailure'],
  ])('%s is %s, for later', async (code, kind) => {
    const gate = new Gate(options, {
      lookup: () => Promise.reject(Object.assign(new Error('no'), { code })),
    });
    await expect(gate.fetch(new URL('https://calls.example.eu/'), GET)).rejects.toMatchObject({
      kind,
      retryPolicy: 'later',
    });
    await gate.close();
  });

  it('an empty answer is NotFoundHost', async () => {
    await expect(resolveChecked('calls.example.eu', async () => [])).rejects.toMatchObject({
      kind: 'NotFoundHost',
      retryPolicy: 'later',
    });
  });

  it('a resolver that never answers ends with the time limit', async () => {
    const gate = new Gate({ ...options, timeoutMs: 100 }, { lookup: () => new Promise(() => undefined) });
    await expect(gate.fetch(new URL('https://calls.example.eu/'), GET)).rejects.toMatchObject({
      kind: 'Timeout',
      retryPolicy: 'later',
    });
    await gate.close();
  });
});

describe('what is public passes', () => {
  test.each(PASS)('%s', async (address) => {
    expect(refusalOfAddress(address)).toBeNull();
    expect(refusalOfHostname(net.isIPv6(address) ? `[${address}]` : address)).toBeNull();
    await expect(resolveChecked('calls.example.eu', async () => [entry(address)])).resolves.toEqual([
      entry(address),
    ]);
  });

  test.each([
    'https://ec.europa.eu/info',
    'https://ec.europa.eu:443/',
    'https://ec.europa.eu./',
    'https://localhost.example.eu/',
    'https://xn--bcher-kva.example.eu/',
    'https://calls.thelocal/',
  ])('%s', (text) => {
    expect(() => checkUrl(new URL(text))).not.toThrow();
  });
});

describe('the pinned lookup', () => {
  const call = (lookup: net.LookupFunction, all: boolean) =>
    new Promise<unknown[]>((resolve) =>
      lookup('calls.example.eu', { all }, (...result: unknown[]) => resolve(result)),
    );

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
