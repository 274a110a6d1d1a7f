import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { Gate } from '../../../src/platform/http/gate.js';
import { goesThrough } from '../../../src/platform/http/proxy.js';
import { bytesOf } from '../../support/harvest/fetched.js';
import { entry, GET, PUBLIC, selfSigned } from '../../support/strangers.js';

const HOST = 'one.example.eu';
const listen = (server: net.Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

describe('a gate behind a proxy', () => {
  const pair = selfSigned();
  const stranger = https.createServer(pair, (req, res) => res.end(`answer to ${req.headers.host}`));
  const asked: { path: string; authorization: string | undefined }[] = [];
  let refuses = false;
  // It always connects to the stranger's server; only the requested target matters.
  const proxy = http.createServer().on('connect', (request, socket: net.Socket, head: Buffer) => {
    asked.push({ path: request.url!, authorization: request.headers['proxy-authorization'] });
    if (refuses) return socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const to = net.connect((stranger.address() as AddressInfo).port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      to.write(head);
      to.pipe(socket).pipe(to);
    });
    for (const end of [to, socket]) end.on('error', () => undefined);
  });
  const open: Gate[] = [];
  let url: string;

  beforeAll(async () => {
    await listen(stranger);
    url = `http://user:p%40ss@127.0.0.1:${await listen(proxy)}`;
  });
  beforeEach(() => {
    asked.length = 0;
    refuses = false;
    const original = tls.connect;
    jest
      .spyOn(tls, 'connect')
      .mockImplementation(((given: tls.ConnectionOptions) =>
        original({ ...given, ca: pair.cert })) as typeof tls.connect);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(open.splice(0).map((gate) => gate.close()));
  });
  afterAll(() => {
    for (const server of [stranger, proxy]) {
      server.close();
      server.closeAllConnections();
    }
  });

  const gate = (address: string, { trustedOrigins = [] as string[], except = [] as string[] } = {}): Gate => {
    const made = new Gate(
      {
        trustedOrigins,
        userAgent: 'carnot-test',
        timeoutMs: 30_000,
        maxBytes: 1_000,
        maxRedirects: 0,
        robots: false,
        requestsPerMinute: 60,
        proxy: { url, except },
      },
      { lookup: async () => [entry(address)] },
    );
    open.push(made);
    return made;
  };

  it('asks it for the address that was checked, and the stranger for its name', async () => {
    const answer = await gate(PUBLIC).fetch(new URL(`https://${HOST}/x`), GET);
    expect(bytesOf(answer).toString()).toBe(`answer to ${HOST}`);
    expect(asked).toEqual([
      { path: `${PUBLIC}:443`, authorization: `Basic ${Buffer.from('user:p@ss').toString('base64')}` },
    ]);
    await gate('2606:4700:4700::1111').fetch(new URL(`https://${HOST}/x`), GET);
    expect(asked[1]!.path).toBe('[2606:4700:4700::1111]:443');
  });

  it('does not ask it at all for what leads inside', async () => {
    for (const address of ['10.1.2.3', '127.0.0.1', '169.254.169.254', '::1'])
      await expect(gate(address).fetch(new URL(`https://${HOST}/`), GET)).rejects.toMatchObject({
        kind: 'GateRefused',
      });
    for (const inside of ['https://localhost/', 'https://10.1.2.3/', 'http://one.example.eu/'])
      await expect(gate(PUBLIC).fetch(new URL(inside), GET)).rejects.toMatchObject({ kind: 'GateRefused' });
    expect(asked).toEqual([]);
  });

  it('holds the certificate against the name, whatever the proxy leads to', async () => {
    await expect(gate(PUBLIC).fetch(new URL('https://other.example.eu/'), GET)).rejects.toMatchObject({
      kind: 'TlsFailed',
    });
  });

  it('says where the proxy refuses', async () => {
    refuses = true;
    await expect(gate(PUBLIC).fetch(new URL(`https://${HOST}/`), GET)).rejects.toMatchObject({
      kind: 'ConnectFailed',
      message: expect.stringContaining('the proxy in HTTPS_PROXY'),
    });
  });

  it("asks it for the operator's own servers outside by their name, and for none that NO_PROXY names or that lies inside", async () => {
    await gate('10.1.2.3', { trustedOrigins: [`https://${HOST}`] }).fetch(new URL(`https://${HOST}/`), GET);
    expect(asked.map(({ path }) => path)).toEqual([`${HOST}:443`]);
    const through = (to: string, ...except: string[]) => goesThrough(new URL(to), { url, except });
    expect([
      through('https://api.example.eu/'),
      through('https://api.example.eu/', 'api.example.eu'),
      through('https://api.example.eu/', '.example.eu'),
      through('https://apiexample.eu/', '.example.eu'),
      through('https://api.example.eu/', '*'),
      through('https://api.example.eu/', '*.example.eu'),
      through('https://api.example.eu/', 'api.example.eu:443'),
      through('https://api.example.eu/', 'api.example.eu:8443'),
      through('https://api.example.eu/', '127.0.0.0/8', '::1', '[::1]:80'),
      through('https://193.48.1.2/', '193.48.0.0/16'),
      through('https://[2001:660::1]/', '2001:660::/32'),
      through('https://[2001:660::1]/', '[2001:660::1]'),
      through('https://gpu.internal/'),
      through('https://10.0.0.1/'),
      through('http://api.example.eu/'),
    ]).toEqual([
      ...[true, false, false, true, false],
      ...[false, false, true, true, false, false, false],
      ...[false, false, false],
    ]);
  });
});
