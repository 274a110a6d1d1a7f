import { nextHop } from '../../../src/platform/http/address-check.js';
import { bytesOf } from '../../support/harvest/fetched.js';
import { GET, POST, PUBLIC, Strangers, type Handler } from '../../support/strangers.js';

let hosts: Strangers;
beforeAll(async () => {
  hosts = await Strangers.start();
});
afterAll(() => hosts.stop());
beforeEach(() => hosts.begin());
afterEach(() => hosts.end());

const redirect =
  (location: string, status = 302): Handler =>
  (req, res) => {
    if (req.url === '/start') res.writeHead(status, { location }).end('moved');
    else res.end('document');
  };
const start = new URL('https://one.example.eu/start');

describe('a host of strangers', () => {
  it('is fetched at the address that was checked, resolved once', async () => {
    // A second resolution for the connection would point to an internal address (DNS rebinding).
    hosts.answers['one.example.eu'] = [[PUBLIC], ['127.0.0.1']];
    const got = await hosts.gate().fetch(new URL('https://one.example.eu/x?a=1'), GET);
    expect(bytesOf(got).toString()).toBe('document');
    expect(hosts.resolutions).toEqual(['one.example.eu']);
    expect(hosts.connectedTo).toEqual([[{ address: PUBLIC, family: 4 }]]);
    expect(hosts.seen[0]).toMatchObject({ host: 'one.example.eu', url: '/x?a=1' });
  });

  it('with a certificate that nobody vouches for is TlsFailed', async () => {
    jest.restoreAllMocks();
    hosts.begin({ vouched: false });
    await expect(hosts.gate().fetch(start, GET)).rejects.toMatchObject({
      kind: 'TlsFailed',
      retryPolicy: 'person',
    });
    expect(hosts.seen).toEqual([]);
  });

  it("with another's certificate is TlsFailed", async () => {
    await expect(hosts.gate().fetch(new URL('https://three.example.eu/'), GET)).rejects.toMatchObject({
      kind: 'TlsFailed',
    });
    expect(hosts.seen).toEqual([]);
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])(
    'status %i is followed for GET, and the last address told',
    async (status) => {
      hosts.handler = redirect('https://two.example.eu/end?b=2', status);
      const got = await hosts.gate().fetch(start, GET);
      expect(got).toMatchObject({ status: 200, url: 'https://two.example.eu/end?b=2' });
      expect(hosts.resolutions).toEqual(['one.example.eu', 'two.example.eu']);
    },
  );

  it('are followed as often as allowed and no more', async () => {
    hosts.handler = (req, res) => {
      const n = Number(req.url?.slice(2));
      if (n > 0) res.writeHead(302, { location: `/n${n - 1}` }).end();
      else res.end('document');
    };
    expect((await hosts.gate().fetch(new URL('https://one.example.eu/n3'), GET)).url).toBe(
      'https://one.example.eu/n0',
    );
    await expect(hosts.gate().fetch(new URL('https://one.example.eu/n4'), GET)).rejects.toMatchObject({
      kind: 'TooManyRedirects',
      retryPolicy: 'person',
    });
  });

  it('to another origin take no credentials along; within one they do', async () => {
    const headers = { Authorization: 'Bearer x', Cookie: 'a=b', 'X-Api-Key': 'k', Accept: 'text/html' };
    hosts.handler = redirect('https://two.example.eu/');
    await hosts.gate().fetch(start, { ...GET, headers });
    expect(hosts.seen[1]?.headers).toEqual({
      host: 'two.example.eu',
      connection: 'keep-alive',
      accept: 'text/html',
      'user-agent': 'carnot-test',
      'accept-encoding': 'gzip, br, deflate',
    });
    hosts.handler = redirect('/end');
    await hosts.gate().fetch(start, { ...GET, headers });
    expect(hosts.seen[3]?.headers).toMatchObject({ authorization: 'Bearer x', 'x-api-key': 'k' });
  });

  it('to another origin do not say there what the operator has set for this one', async () => {
    const asWhom = {
      'user-agent': 'A browser',
      referer: 'https://one.example.eu/list',
      origin: 'https://one.example.eu',
    };
    hosts.handler = redirect('https://two.example.eu/');
    await hosts
      .gate()
      .fetch(start, { ...GET, headers: { Referer: 'https://of-the-source.example' }, asWhom });
    expect(hosts.seen[0]?.headers).toMatchObject(asWhom);
    expect(hosts.seen[1]?.headers).toMatchObject({ 'user-agent': 'carnot-test' });
    expect(Object.keys(hosts.seen[1]!.headers)).not.toEqual(expect.arrayContaining(['referer']));
    expect(Object.keys(hosts.seen[1]!.headers)).not.toEqual(expect.arrayContaining(['origin']));
  });

  test.each([307, 308])('of a POST with %i within its host are followed, body and all', async (status) => {
    hosts.handler = redirect('/end', status);
    expect(await hosts.gate().fetch(start, POST)).toMatchObject({ url: 'https://one.example.eu/end' });
    expect(hosts.seen.map(({ method, url, headers }) => [method, url, headers['content-length']])).toEqual([
      ['POST', '/start', '1'],
      ['POST', '/end', '1'],
    ]);
  });

  it('of a POST: 307 stays a POST within its origin, 302 is refused there too', () => {
    const from = { url: start, method: 'POST' as const, trusted: false };
    expect(nextHop(from, 307, '/end')).toMatchObject({
      url: new URL('https://one.example.eu/end'),
      method: 'POST',
      trusted: false,
    });
    expect(() => nextHop(from, 302, '/end')).toThrow(/redirects a POST/);
  });

  it('with a body that breaks off later harm nothing: it is not listened to', async () => {
    hosts.handler = (req, res) => {
      if (req.url !== '/start') return void setTimeout(() => res.end('document'), 100);
      res.writeHead(302, { location: '/end', 'content-length': '1000' }).write('moved');
      setTimeout(() => req.socket.destroy(), 30);
    };
    expect(bytesOf(await hosts.gate().fetch(start, GET)).toString()).toBe('document');
  });

  it('without a Location is UnexpectedStatus', async () => {
    hosts.handler = (_req, res) => res.writeHead(302).end();
    await expect(hosts.gate().fetch(start, GET)).rejects.toMatchObject({
      kind: 'UnexpectedStatus',
      retryPolicy: 'person',
    });
  });
});
