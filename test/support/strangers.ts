import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import { isIPv6, type AddressInfo, type LookupFunction } from 'node:net';
import tls from 'node:tls';
import { Gate, type GateOptions, type GateSeams } from '../../src/platform/http/gate.js';
import type { ResolvedAddress } from '../../src/platform/http/address-check.js';

export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

export const PUBLIC = '93.184.215.14';
export const GET = { method: 'GET' as const, headers: {}, body: null };
export const POST = { method: 'POST' as const, headers: {}, body: 'b' };
const HOSTS = ['one.example.eu', 'two.example.eu'];
const OPTIONS: GateOptions = {
  trustedOrigins: [],
  userAgent: 'carnot-test',
  timeoutMs: 30_000,
  maxBytes: 10_000,
  maxRedirects: 3,
  robots: false,
  requestsPerMinute: 60,
};

export const entry = (address: string): ResolvedAddress => ({ address, family: isIPv6(address) ? 6 : 4 });

/** Returns a self-signed certificate for HOSTS, in DER (RFC 5280): no key has to be in the repository. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = (tag: number, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const length =
      body.length < 128
        ? [body.length]
        : body.length < 256
          ? [0x81, body.length]
          : [0x82, body.length >> 8, body.length & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
  };
  const hex = (text: string): Buffer => Buffer.from(text, 'hex');
  const ecdsaSha256 = der(0x30, hex('06082a8648ce3d040302'));
  const name = der(0x30, der(0x31, der(0x30, hex('0603550403'), der(0x0c, Buffer.from('gate test')))));
  const time = (ms: number): Buffer =>
    der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
  const names = der(0x30, ...HOSTS.map((host) => der(0x82, Buffer.from(host))));
  const extensions = der(0xa3, der(0x30, der(0x30, hex('0603551d11'), der(0x04, names))));
  const serial = der(
    0x02,
    Buffer.concat([Buffer.from([1]), createHash('sha256').update(names).digest().subarray(0, 8)]),
  );
  const validity = der(0x30, time(Date.now() - 86_400_000), time(Date.now() + 86_400_000));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const tbs = der(
    0x30,
    der(0xa0, hex('020102')),
    serial,
    ecdsaSha256,
    name,
    validity,
    name,
    spki,
    extensions,
  );
  const whole = der(0x30, tbs, ecdsaSha256, der(0x03, Buffer.from([0]), sign('sha256', tbs, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

/**
 * External hosts are reached by https at port 443 of a public address. Everything is as in production (URL,
 * checks, resolution, TLS with verification) up to the last step: the socket goes to a server on this
 * machine.
 */
export class Strangers {
  /** The hosts' response. */
  handler: Handler = (_req, res) => res.end('document');
  seen: { host?: string; method?: string; url?: string; headers: IncomingMessage['headers'] }[] = [];
  /** The addresses that each new connection would have used. */
  connectedTo: ResolvedAddress[][] = [];
  /** The results of resolving a name, one after the other; PUBLIC by default. */
  answers: Record<string, string[][]> = {};
  resolutions: string[] = [];
  private gates: Gate[] = [];

  private constructor(
    private readonly server: https.Server,
    private readonly cert: string,
  ) {}

  static async start(): Promise<Strangers> {
    const pair = selfSigned();
    const server = https.createServer(pair, (req, res) => {
      made.seen.push({ host: req.headers.host, method: req.method, url: req.url, headers: req.headers });
      made.handler(req, res);
    });
    const made = new Strangers(server, pair.cert);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return made;
  }

  /** Call before each test. With `vouched: false` the hosts' certificate is not trusted. */
  begin({ vouched = true } = {}): void {
    Object.assign(this, {
      seen: [],
      connectedTo: [],
      resolutions: [],
      answers: {},
      handler: (_req: unknown, res: ServerResponse) => res.end('document'),
    });
    const original = tls.connect;
    jest.spyOn(tls, 'connect').mockImplementation(((
      given: tls.ConnectionOptions & { lookup: LookupFunction },
    ) => {
      const lookup: LookupFunction = (hostname, how, callback) =>
        given.lookup(hostname, how, (error, addresses) => {
          if (error) return callback(error, []);
          this.connectedTo.push(addresses as ResolvedAddress[]);
          callback(null, [{ address: '127.0.0.1', family: 4 }]);
        });
      return original({
        ...given,
        lookup,
        port: (this.server.address() as AddressInfo).port,
        ca: vouched ? this.cert : undefined,
      });
    }) as typeof tls.connect);
  }

  /** Call after each test. */
  async end(): Promise<void> {
    // In this order: an aborted connection is made once more, and must not reach the real host.
    await Promise.all(this.gates.splice(0).map((gate) => gate.close()));
    jest.restoreAllMocks();
  }

  gate(changed: Partial<GateOptions> = {}, seams: GateSeams = {}): Gate {
    const lookup = async (hostname: string): Promise<ResolvedAddress[]> => {
      this.resolutions.push(hostname);
      return (this.answers[hostname]?.shift() ?? [PUBLIC]).map(entry);
    };
    const made = new Gate({ ...OPTIONS, ...changed }, { lookup, ...seams });
    this.gates.push(made);
    return made;
  }

  stop(): Promise<unknown> {
    return new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }
}
