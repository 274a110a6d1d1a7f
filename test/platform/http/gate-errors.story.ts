import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { CarnotError } from '../../../src/kernel/errors.js';
import type { Gate } from '../../../src/platform/http/gate.js';
import { GATE_ERRORS, type GateErrorKind } from '../../../src/platform/http/http-errors.js';
import { HostRateLimit } from '../../../src/platform/http/host-rate-limit.js';
import { GET, Strangers, type Handler } from '../../support/strangers.js';

let hosts: Strangers;
beforeAll(async () => {
  hosts = await Strangers.start();
});
afterAll(() => hosts.stop());
beforeEach(() => hosts.begin());
afterEach(() => hosts.end());

const URL_ = new URL('https://one.example.eu/a');
const answering =
  (handler: Handler, changed: Parameters<Strangers['gate']>[0] = {}) =>
  (): Gate => {
    hosts.handler = handler;
    return hosts.gate(changed);
  };
const status = (code: number, headers = {}) => answering((_req, res) => res.writeHead(code, headers).end());
const robots = (code: number, text: string) =>
  answering((req, res) => (req.url === '/robots.txt' ? res.writeHead(code).end(text) : res.end('document')), {
    robots: true,
  });
const unresolved = (code: string) => (): Gate =>
  hosts.gate({}, { lookup: () => Promise.reject(Object.assign(new Error(code), { code })) });
/** A socket that fails with a system error code. */
const socketError = (code: string) => (): Gate => {
  jest
    .mocked(tls.connect)
    .mockImplementation((() =>
      new net.Socket().destroy(Object.assign(new Error(code), { code }))) as unknown as typeof tls.connect);
  return hosts.gate();
};
/** Returns the address of a server that has just been closed. */
const nobody = async (): Promise<string> => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
};

interface Way {
  /** The URL to request, if not URL_. */
  url?: URL;
  gate: Gate;
  done?: () => Promise<void>;
}

/** One way to trigger each error. */
const WAYS: Record<GateErrorKind, () => Gate | Way | Promise<Way>> = {
  GateRefused: () => ({ url: new URL('https://127.0.0.1/'), gate: hosts.gate() }),
  TooManyRedirects: status(302, { location: '/a' }),
  RobotsDisallowed: robots(200, 'User-agent: *\nDisallow: /'),
  RobotsUnreachable: robots(500, ''),
  RateLimitUnavailable: async () => {
    const rateLimit = new HostRateLimit(`postgresql://nobody:x@${await nobody()}/none`);
    return { gate: hosts.gate({}, { rateLimit }), done: () => rateLimit.close() };
  },
  NotFoundHost: unresolved('ENOTFOUND'),
  DnsFailure: unresolved('EAI_AGAIN'),
  ConnectFailed: async () => {
    const origin = `http://${await nobody()}`;
    return { url: new URL(origin), gate: hosts.gate({ trustedOrigins: [origin] }) };
  },
  ConnectionReset: answering((req) => void (req.socket as net.Socket).destroy()),
  TlsFailed: () => ({ url: new URL('https://three.example.eu/'), gate: hosts.gate() }),
  Timeout: answering(() => undefined, { timeoutMs: 100 }),
  TooLarge: answering((_req, res) => res.end('document'), { maxBytes: 7 }),
  BrokenAnswer: answering((_req, res) =>
    res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('document').subarray(0, -9)),
  ),
  UnknownEncoding: status(200, { 'content-encoding': 'compress' }),
  HttpThrottled: status(429),
  HttpServerError: status(503),
  HttpBlocked: status(403),
  HttpNotFound: status(404),
  HttpClientError: status(400),
  UnexpectedStatus: status(304),
  GateClosed: async () => {
    const gate = hosts.gate();
    await gate.close();
    return { gate };
  },
  RequestFailed: socketError('EMFILE'),
};

describe('each way to fail', () => {
  test.each(Object.entries(GATE_ERRORS))('%s can be reached', async (kind, { retryPolicy, means }) => {
    const way = await WAYS[kind as GateErrorKind]();
    const { gate, url = URL_, done } = 'gate' in way ? way : { gate: way };
    const error: CarnotError = await gate.fetch(url, GET).then(
      () => Promise.reject(new Error('did not fail')),
      (e: CarnotError) => e,
    );
    await done?.();
    expect(error).toMatchObject({ kind, name: kind, retryPolicy });
    expect(error.message).toContain(url.hostname);
    expect(means.length).toBeGreaterThan(10);
  });

  it('has a retry policy by its kind: what the moment brings may be tried again, what is wrong may not', () => {
    const kinds = (retryPolicy: string) =>
      Object.keys(GATE_ERRORS)
        .filter((kind) => GATE_ERRORS[kind as GateErrorKind].retryPolicy === retryPolicy)
        .sort();
    expect(kinds('never')).toEqual(['GateRefused']);
    expect(kinds('person')).toEqual([
      'HttpBlocked',
      'HttpClientError',
      'HttpNotFound',
      'RobotsDisallowed',
      'TlsFailed',
      'TooLarge',
      'TooManyRedirects',
      'UnexpectedStatus',
      'UnknownEncoding',
    ]);
  });
});
