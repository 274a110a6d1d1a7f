import { GET, POST, Strangers } from '../../support/strangers.js';

const DATE = 'Wed, 06 May 2026 10:00:00 GMT';
const NONE = { etag: null, lastModified: null };
let hosts: Strangers;
beforeAll(async () => {
  hosts = await Strangers.start();
});
afterAll(() => hosts.stop());
beforeEach(() => hosts.begin());
afterEach(() => hosts.end());

const url = new URL('https://one.example.eu/start');
const sent = (i: number) => {
  const { 'if-none-match': etag, 'if-modified-since': since } = hosts.seen[i]!.headers;
  return [etag, since];
};
/** A server with a single version, identified by this ETag. */
const versioned = (etag: string) => {
  hosts.handler = (req, res) =>
    req.headers['if-none-match'] === etag
      ? res.writeHead(304, { etag }).end()
      : res.writeHead(200, { etag, 'last-modified': DATE }).end('document');
};

describe('a document', () => {
  it('comes with what to ask next time, and is not sent again while it is the same', async () => {
    versioned('"1"');
    const first = await hosts.gate().fetch(url, GET);
    expect(first).toMatchObject({
      notModified: false,
      status: 200,
      validators: { etag: '"1"', lastModified: DATE },
    });
    if (first.notModified) throw new Error('there is nothing to be unmodified');
    expect(await hosts.gate().fetch(url, { ...GET, validators: first.validators })).toEqual({
      notModified: true,
      url: url.href,
    });
    expect([sent(0), sent(1)]).toEqual([
      [undefined, undefined],
      ['"1"', DATE],
    ]);
    versioned('"2"');
    expect(await hosts.gate().fetch(url, { ...GET, validators: first.validators })).toMatchObject({
      notModified: false,
      bytes: Buffer.from('document'),
      validators: { etag: '"2"' },
    });
  });

  test.each<[what: string, headers: Record<string, string>, expected: object]>([
    ['a weak tag', { etag: 'W/"a b"' }, NONE],
    ['a weak tag without a blank', { etag: 'W/"ab"' }, { etag: 'W/"ab"', lastModified: null }],
    ['an empty tag', { etag: '""' }, { etag: '""', lastModified: null }],
    ['no quotation marks', { etag: 'abc' }, NONE],
    ['one quotation mark', { etag: '"abc' }, NONE],
    ['a tag beyond ASCII', { etag: '"é"' }, NONE],
    ['a tag without measure', { etag: `"${'x'.repeat(500)}"` }, NONE],
    ['a date alone', { 'last-modified': DATE }, { etag: null, lastModified: DATE }],
    ['an empty date', { 'last-modified': '' }, NONE],
    ['nothing', {}, NONE],
  ])('with %s', async (_what, headers, expected) => {
    hosts.handler = (_req, res) => res.writeHead(200, headers).end('document');
    expect(await hosts.gate().fetch(url, GET)).toMatchObject({ validators: expected });
  });

  it('is asked for with what there is', async () => {
    await hosts.gate().fetch(url, { ...GET, validators: { etag: null, lastModified: DATE } });
    await hosts.gate().fetch(url, {
      ...GET,
      headers: { 'If-None-Match': '"own"' },
      validators: { etag: '"kept"', lastModified: null },
    });
    await hosts.gate().fetch(url, { ...GET, validators: NONE });
    expect([sent(0), sent(1), sent(2)]).toEqual([
      [undefined, DATE],
      ['"kept"', undefined],
      [undefined, undefined],
    ]);
  });
});

describe('status 304 is UnexpectedStatus', () => {
  const unexpected = {
    kind: 'UnexpectedStatus',
    retryPolicy: 'person',
    message: 'one.example.eu/start: status 304',
  };
  beforeEach(() => {
    hosts.handler = (_req, res) => res.writeHead(304).end();
  });

  test.each<[string, object]>([
    ['where nothing was known', GET],
    ['where nothing is known of it', { ...GET, validators: NONE }],
    ["where only a header of the source's own asked for it", { ...GET, headers: { 'if-none-match': '"1"' } }],
    ['to a POST, which is never conditional', { ...POST, validators: { etag: '"1"', lastModified: DATE } }],
  ])('%s', async (_what, request) => {
    await expect(hosts.gate().fetch(url, request as typeof GET)).rejects.toMatchObject(unexpected);
  });

  it('and a POST is sent without conditions', async () => {
    hosts.handler = (_req, res) => res.end('found');
    await hosts.gate().fetch(url, { ...POST, validators: { etag: '"1"', lastModified: DATE } });
    expect(sent(0)).toEqual([undefined, undefined]);
  });
});

describe('a redirect', () => {
  it.each(['/end', 'https://two.example.eu/end'])(
    'to %s takes no validators along and brings none back: another address may have the same tag',
    async (location) => {
      hosts.handler = (req, res) =>
        req.url === '/start'
          ? res.writeHead(302, { location, etag: '"1"' }).end()
          : res.writeHead(200, { etag: '"1"', 'last-modified': DATE }).end('document');
      expect(
        await hosts.gate().fetch(url, { ...GET, validators: { etag: '"1"', lastModified: DATE } }),
      ).toMatchObject({ notModified: false, validators: NONE });
      expect([sent(0), sent(1)]).toEqual([
        ['"1"', DATE],
        [undefined, undefined],
      ]);
    },
  );
});
