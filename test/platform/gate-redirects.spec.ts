import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo, LookupFunction } from 'node:net';
import tls from 'node:tls';
import { Gate } from '../../src/platform/http/gate.js';
import type { ResolvedAddress } from '../../src/platform/http/pinned-lookup.js';
import { nextHop } from '../../src/platform/http/url-policy.js';

/*
 * Strangers' hosts are reached by https at port 443 of a public address. Here everything is as in production (URL, checks,
 * resolution, TLS with its verification), up to the last step: the socket goes to a server on this machine instead.
 */
const PUBLIC = '93.184.215.14';
const HOSTS = ['one.example.eu', 'two.example.eu'];
const options = { trustedOrigins: [] as string[], userAgent: 'carnot-test', timeoutMs: 3000, maxBytes: 10_000, maxRedirects: 3 };
const GET = { method: 'GET' as const, headers: {}, body: null };

type Handler = (req: IncomingMessage, res: ServerResponse) => void;
let server: https.Server;
let cert: string;
let handler: Handler;
let seen: { host?: string; method?: string; url?: string; headers: IncomingMessage['headers'] }[];
let connectedTo: ResolvedAddress[][];
let answers: Record<string, string[][]>;
let resolutions: string[];
let gates: Gate[];

/** A self-signed certificate for HOSTS, written out in DER (RFC 5280), so that no key lies in the repository. */
function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = (tag: number, ...parts: Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), body]);
  };
  const hex = (text: string): Buffer => Buffer.from(text, 'hex');
  const ecdsaSha256 = der(0x30, hex('06082a8648ce3d040302'));
  const name = der(0x30, der(0x31, der(0x30, hex('0603550403'), der(0x0c, Buffer.from('gate test')))));
  const time = (ms: number): Buffer => der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`));
  const names = der(0x30, ...HOSTS.map((host) => der(0x82, Buffer.from(host))));
  const extensions = der(0xa3, der(0x30, der(0x30, hex('0603551d11'), der(0x04, names))));
  const serial = der(0x02, Buffer.concat([Buffer.from([1]), createHash('sha256').update(names).digest().subarray(0, 8)]));
  const validity = der(0x30, time(Date.now() - 86_400_000), time(Date.now() + 86_400_000));
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const tbs = der(0x30, der(0xa0, hex('020102')), serial, ecdsaSha256, name, validity, name, spki, extensions);
  const whole = der(0x30, tbs, ecdsaSha256, der(0x03, Buffer.from([0]), sign('sha256', tbs, privateKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

beforeAll(async () => {
  const pair = selfSigned();
  cert = pair.cert;
  server = https.createServer(pair, (req, res) => {
    seen.push({ host: req.headers.host, method: req.method, url: req.url, headers: req.headers });
    handler(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));

function detour(ca: string | undefined): void {
  const original = tls.connect;
  jest.spyOn(tls, 'connect').mockImplementation(((given: tls.ConnectionOptions & { lookup: LookupFunction }) => {
    const lookup: LookupFunction = (hostname, how, callback) =>
      given.lookup(hostname, how, (error, addresses) => {
        if (error) return callback(error, []);
        connectedTo.push(addresses as ResolvedAddress[]);
        callback(null, [{ address: '127.0.0.1', family: 4 }]);
      });
    return original({ ...given, lookup, port: (server.address() as AddressInfo).port, ca });
  }) as typeof tls.connect);
}

beforeEach(() => {
  seen = [];
  connectedTo = [];
  resolutions = [];
  gates = [];
  answers = {};
  handler = (_req, res) => res.end('document');
  detour(cert);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(gates.map((gate) => gate.close()));
});

function gate(changed: Partial<typeof options> = {}): Gate {
  const lookup = async (hostname: string): Promise<ResolvedAddress[]> => {
    resolutions.push(hostname);
    return (answers[hostname]?.shift() ?? [PUBLIC]).map((address) => ({ address, family: 4 }));
  };
  const made = new Gate({ ...options, ...changed }, { lookup });
  gates.push(made);
  return made;
}
const redirect = (location: string, status = 302): Handler => (req, res) => {
  if (req.url === '/start') res.writeHead(status, { location }).end('moved');
  else res.end('document');
};
const start = new URL('https://one.example.eu/start');

describe('a host of strangers', () => {
  it('is fetched at the address that was checked, resolved once', async () => {
    // Were the name resolved a second time for the connection, it would lead inside (DNS rebinding).
    answers['one.example.eu'] = [[PUBLIC], ['127.0.0.1']];
    const got = await gate().fetch(new URL('https://one.example.eu/x?a=1'), GET);
    expect(got.bytes.toString()).toBe('document');
    expect(resolutions).toEqual(['one.example.eu']);
    expect(connectedTo).toEqual([[{ address: PUBLIC, family: 4 }]]);
    expect(seen[0]).toMatchObject({ host: 'one.example.eu', url: '/x?a=1' });
  });

  it('with a certificate that nobody vouches for is TlsFailed', async () => {
    jest.restoreAllMocks();
    detour(undefined);
    await expect(gate().fetch(start, GET)).rejects.toMatchObject({ kind: 'TlsFailed', remedy: 'person' });
    expect(seen).toEqual([]);
  });

  it("with another's certificate is TlsFailed", async () => {
    await expect(gate().fetch(new URL('https://three.example.eu/'), GET)).rejects.toMatchObject({ kind: 'TlsFailed' });
    expect(seen).toEqual([]);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('status %i is followed for GET, and the last address told', async (status) => {
    handler = redirect('https://two.example.eu/end?b=2', status);
    const got = await gate().fetch(start, GET);
    expect(got).toMatchObject({ status: 200, url: 'https://two.example.eu/end?b=2' });
    expect(resolutions).toEqual(['one.example.eu', 'two.example.eu']);
  });

  test.each([
    'http://two.example.eu/', 'http://one.example.eu/start', '//127.0.0.1/', 'https://127.0.0.1/', 'https://2130706433/', 'https://[::1]/',
    'https://localhost/', 'http://169.254.169.254/latest/', 'https://169.254.169.254/', 'https://[fd00:ec2::254]/', 'https://two.example.eu:8443/',
    'https://u:p@two.example.eu/', 'file:///etc/passwd', 'data:text/html,x', 'https://[fe80::1%25eth0]/', 'https://',
  ])('to %s is refused', async (location) => {
    handler = redirect(location);
    await expect(gate().fetch(start, GET)).rejects.toMatchObject({ kind: 'GateRefused', remedy: 'never' });
    expect(seen).toHaveLength(1);
  });

  it('to a name that resolves to the inside is refused', async () => {
    answers['two.example.eu'] = [['10.0.0.1']];
    handler = redirect('https://two.example.eu/');
    await expect(gate().fetch(start, GET)).rejects.toMatchObject({ kind: 'GateRefused' });
    expect(seen).toHaveLength(1);
  });

  it('to an origin that the operator trusts is refused like any other inside address', async () => {
    handler = redirect('http://127.0.0.1:9/');
    await expect(gate({ trustedOrigins: ['http://127.0.0.1:9'] }).fetch(start, GET)).rejects.toMatchObject({ kind: 'GateRefused' });
  });

  it('are followed as often as allowed and no more', async () => {
    handler = (req, res) => {
      const n = Number(req.url?.slice(2));
      if (n > 0) res.writeHead(302, { location: `/n${n - 1}` }).end();
      else res.end('document');
    };
    expect((await gate().fetch(new URL('https://one.example.eu/n3'), GET)).url).toBe('https://one.example.eu/n0');
    await expect(gate().fetch(new URL('https://one.example.eu/n4'), GET)).rejects.toMatchObject({ kind: 'TooManyRedirects', remedy: 'person' });
  });

  it('to another origin take no credentials along; within one they do', async () => {
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', Accept: 'text/html' };
    handler = redirect('https://two.example.eu/');
    await gate().fetch(start, { ...GET, headers });
    expect(seen[1]?.headers).toEqual({ host: 'two.example.eu', connection: 'keep-alive', accept: 'text/html', 'user-agent': 'carnot-test', 'accept-encoding': 'gzip, br, deflate' });
    handler = redirect('/end');
    await gate().fetch(start, { ...GET, headers });
    expect(seen[3]?.headers).toMatchObject({ authorization: 'Bearer x', 'x-api-key': 'k' });
  });

  test.each([301, 302, 303, 307, 308])('status %i for POST hands the body to nobody else', async (status) => {
    handler = redirect('https://two.example.eu/', status);
    await expect(gate().fetch(start, { method: 'POST', headers: {}, body: 'b' })).rejects.toMatchObject({ kind: 'GateRefused' });
    expect(seen).toHaveLength(1);
  });

  it('of a POST: 307 stays a POST within its origin, 302 is refused there too', () => {
    const from = { url: start, method: 'POST' as const, trusted: false };
    expect(nextHop(from, 307, '/end')).toMatchObject({ url: new URL('https://one.example.eu/end'), method: 'POST', trusted: false });
    expect(() => nextHop(from, 302, '/end')).toThrow(/redirects a POST/);
  });

  it('with a body that breaks off later harm nothing: it is not listened to', async () => {
    handler = (req, res) => {
      if (req.url !== '/start') return void setTimeout(() => res.end('document'), 100);
      res.writeHead(302, { location: '/end', 'content-length': '1000' }).write('moved');
      setTimeout(() => req.socket.destroy(), 30);
    };
    expect((await gate().fetch(start, GET)).bytes.toString()).toBe('document');
  });

  it('without a Location is UnexpectedStatus', async () => {
    handler = (_req, res) => res.writeHead(302).end();
    await expect(gate().fetch(start, GET)).rejects.toMatchObject({ kind: 'UnexpectedStatus', remedy: 'person' });
  });
});
