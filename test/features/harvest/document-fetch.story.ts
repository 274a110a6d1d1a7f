import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { ShapeError } from '../../../src/kernel/errors.js';
import type { SourceRequest } from '../../../src/harvest/domain/source.js';
import { DocumentFetch } from '../../../src/harvest/run-documents.js';
import type { Source } from '../../../src/harvest/source-registry.js';
import { RunRepository } from '../../../src/harvest/store/run.repository.js';
import { startApp, type TestApp } from '../../support/app.js';

/** What the server currently serves. */
interface Version {
  body: string;
  etag?: string;
  lastModified?: string;
  status?: number;
}

const DATE = 'Wed, 06 May 2026 10:00:00 GMT';
let server: http.Server;
let version: Version;
/** The headers of the last request. */
let whom: http.IncomingHttpHeaders;
let seen: { method: string; etag?: string; since?: string; answered: number }[];
let test: TestApp;
let source: Source;
/** The same server under another name. */
let elsewhere: string;

beforeAll(async () => {
  server = http.createServer((req, res) => {
    if (req.url === '/robots.txt') return void res.writeHead(404).end();
    whom = req.headers;
    const { 'if-none-match': etag, 'if-modified-since': since } = req.headers;
    const { status = 200, body } = version;
    const same =
      etag !== undefined ? etag === version.etag : since !== undefined && since === version.lastModified;
    const answered = same ? 304 : status;
    seen.push({
      method: req.method!,
      answered,
      ...(etag !== undefined && { etag }),
      ...(since !== undefined && { since }),
    });
    res.writeHead(answered, {
      'content-type': 'text/plain',
      ...(version.etag && { etag: version.etag }),
      ...(version.lastModified && { 'last-modified': version.lastModified }),
    });
    res.end(same ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  elsewhere = origin.replace('127.0.0.1', 'localhost');
  test = await startApp(
    { FUNDING_TENDERS_URL: origin },
    {
      working: false,
      adjust: (wiring) => {
        const parse: Source['parse'] = ({ bytes }) => {
          if (bytes.toString().startsWith('unreadable'))
            throw new ShapeError(`no calls in "${bytes.toString()}"`);
          return { total: null, calls: [], unread: [], links: [] };
        };
        return {
          ...wiring,
          sources: [origin, elsewhere].flatMap((at) =>
            wiring.sources.map((s) => {
              const { ahead: _, ...definition } = s;
              return { ...definition, origin: at, requestsPerMinute: 600, parse };
            }),
          ),
        };
      },
    },
  );
  source = test.wiring.sources[0]!;
});
afterAll(async () => {
  await test.stop();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});
beforeEach(async () => {
  seen = [];
  await query('DELETE FROM validator');
  await query('DELETE FROM harvest_request');
  await query('DELETE FROM harvest_run');
  await query('DELETE FROM raw_document');
});

const query = (sql: string, parameters: unknown[] = []): Promise<any[]> =>
  test.app.get(DataSource).query(sql, parameters);
const asking = (changed: Partial<SourceRequest> = {}): SourceRequest => ({
  key: 'list',
  path: '/list',
  method: 'GET',
  headers: {},
  body: null,
  ...changed,
});

/** Fetches the request in its own run and returns its row and the stored document. */
async function fetched(request: SourceRequest = asking(), as: Source = source): Promise<any> {
  const runs = test.app.get(RunRepository);
  await query("UPDATE harvest_run SET ended_at = now(), state = 'failed'");
  const { run } = await runs.begin(as.id, new Date());
  const step = await runs.advance(run.id, () => Promise.resolve({ scan: 1, requests: [request] }));
  const [planned] = (step as { fetch: Parameters<DocumentFetch['fetch']>[1][] }).fetch;
  const failed = await test.app
    .get(DocumentFetch)
    .fetch(as, planned!)
    .then(
      () => null,
      (error: Error) => error,
    );
  const [row] = await query(
    'SELECT document_hash, rejected_hash, rejected_why FROM harvest_request WHERE id = $1',
    [planned!.id],
  );
  const hashes = await query('SELECT hash, size FROM raw_document');
  return { ...row, size: hashes.find((h) => h.hash === row.document_hash)?.size ?? null, failed };
}
const known = () => query('SELECT etag, last_modified FROM validator');

describe('a document that comes again', () => {
  it.each<[string, Partial<Version>, object]>([
    ['etag', { etag: '"1"' }, { etag: '"1"' }],
    ['weak etag', { etag: 'W/"1"' }, { etag: 'W/"1"' }],
    ['date', { lastModified: DATE }, { since: DATE }],
  ])(
    'is asked for by its %s, and the kept bytes stand for "not modified"',
    async (_what, validators, sent) => {
      version = { body: 'calls', ...validators };
      const first = await fetched();
      const second = await fetched();
      expect(seen).toEqual([
        { method: 'GET', answered: 200 },
        { method: 'GET', answered: 304, ...sent },
      ]);
      expect(second).toMatchObject({ document_hash: first.document_hash, size: 5, failed: null });
    },
  );

  it('and has not changed is known to be still asked for, which is put down once a day', async () => {
    version = { body: 'calls', etag: '"1"' };
    await fetched();
    const usedAfter = async (hours: number): Promise<boolean> => {
      await query(`UPDATE validator SET used_at = now() - $1 * interval '1 hour'`, [hours]);
      await fetched();
      const [row] = await query(`SELECT used_at > now() - interval '1 hour' AS used FROM validator`);
      return row.used;
    };
    expect([await usedAfter(23), await usedAfter(25)]).toEqual([false, true]);
  });

  it('and has changed is read anew, and its new validators are the ones that count', async () => {
    version = { body: 'calls', etag: '"1"' };
    const first = await fetched();
    version = { body: 'more calls', etag: '"2"' };
    const second = await fetched();
    expect(second.document_hash).not.toBe(first.document_hash);
    expect(second.size).toBe(10);
    await fetched();
    expect(seen.map(({ etag, answered }) => [etag, answered])).toEqual([
      [undefined, 200],
      ['"1"', 200],
      ['"2"', 304],
    ]);
  });

  it('without validators any more is asked for plainly from then on', async () => {
    version = { body: 'calls', etag: '"1"' };
    await fetched();
    version = { body: 'calls' };
    await fetched();
    await fetched();
    expect(seen.map(({ etag, answered }) => [etag, answered])).toEqual([
      [undefined, 200],
      ['"1"', 200],
      [undefined, 200],
    ]);
    expect(await known()).toEqual([]);
  });

  it('is asked for plainly where the kept one is gone', async () => {
    version = { body: 'calls', etag: '"1"' };
    await fetched();
    await query('DELETE FROM raw_document');
    expect(await fetched()).toMatchObject({ size: 5, failed: null });
    expect(seen.map(({ etag, answered }) => [etag, answered])).toEqual([
      [undefined, 200],
      [undefined, 200],
    ]);
  });

  it('is another one with other headers, at another path, of another source, from another origin', async () => {
    version = { body: 'calls', etag: '"1"' };
    await fetched();
    await fetched(asking({ headers: { accept: 'text/html' } }));
    await fetched(asking({ path: '/list?page=2' }));
    await fetched(asking(), { ...source, id: 'another' });
    await fetched(asking(), { ...source, origin: elsewhere });
    expect(seen.map(({ answered }) => answered)).toEqual([200, 200, 200, 200, 200]);
    expect(await known()).toHaveLength(5);
  });

  it('of a POST is never conditional', async () => {
    version = { body: 'calls', etag: '"1"' };
    for (let i = 0; i < 2; i += 1) await fetched(asking({ method: 'POST', body: 'query' }));
    expect(seen).toEqual([
      { method: 'POST', answered: 200 },
      { method: 'POST', answered: 200 },
    ]);
    expect(await known()).toEqual([]);
  });

  it('with a status beside 200 leaves no validators', async () => {
    version = { body: 'calls', etag: '"1"', status: 203 };
    expect(await fetched()).toMatchObject({ size: 5 });
    expect(await known()).toEqual([]);
  });
});

describe('a document that cannot be read', () => {
  it('is kept and noted with the reason, and its error goes on', async () => {
    version = { body: 'unreadable', etag: '"1"' };
    const row = await fetched();
    expect(row.failed).toMatchObject({ kind: 'ShapeError' });
    expect(row).toMatchObject({ document_hash: null, rejected_why: 'no calls in "unreadable"' });
    expect(await query('SELECT size FROM raw_document WHERE hash = $1', [row.rejected_hash])).toEqual([
      { size: 10 },
    ]);
  });

  it('leaves no validators behind: it is asked for plainly until it can be read', async () => {
    version = { body: 'unreadable', etag: '"1"' };
    await fetched();
    await fetched();
    expect(await known()).toEqual([]);
    expect(seen.map(({ etag, answered }) => [etag, answered])).toEqual([
      [undefined, 200],
      [undefined, 200],
    ]);
  });

  it('nor those of the one before it, though the server takes the two for the same', async () => {
    version = { body: 'calls', etag: '"1"' };
    await fetched();
    version = { body: 'unreadable now', etag: '"2"' };
    expect((await fetched()).failed).toMatchObject({ kind: 'ShapeError' });
    version = { body: 'unreadable now', etag: '"1"' };
    expect((await fetched()).failed).toMatchObject({ kind: 'ShapeError' });
    expect(seen.map(({ etag, answered }) => [etag, answered])).toEqual([
      [undefined, 200],
      ['"1"', 200],
      [undefined, 200],
    ]);
  });

  it('of a POST is noted too', async () => {
    version = { body: 'unreadable' };
    expect(await fetched(asking({ method: 'POST', body: 'query' }))).toMatchObject({
      document_hash: null,
      rejected_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('and comes well at the next try answers the request', async () => {
    version = { body: 'unreadable' };
    await fetched();
    const [request] = await query('SELECT id, key, request FROM harvest_request');
    version = { body: 'calls', etag: '"3"' };
    await test.app.get(DocumentFetch).fetch(source, request);
    expect(
      await query('SELECT (document_hash IS NOT NULL) AS answered, rejected_why FROM harvest_request'),
    ).toEqual([{ answered: true, rejected_why: 'no calls in "unreadable"' }]);
    expect(await known()).toEqual([{ etag: '"3"', last_modified: null }]);
  });

  it('because it did not come at all notes nothing', async () => {
    version = { body: '', status: 500 };
    const row = await fetched();
    expect(row.failed).toMatchObject({ kind: 'HttpServerError' });
    expect(row).toMatchObject({ document_hash: null, rejected_hash: null, rejected_why: null });
  });
});

it("every fetch takes a place of the host at the source's own rate", async () => {
  await query('DELETE FROM source_rate_limit');
  version = { body: 'calls' };
  const slow = { ...source, requestsPerMinute: 2 };
  expect([(await fetched(asking(), slow)).failed, (await fetched(asking(), slow)).failed]).toEqual([
    null,
    null,
  ]);
  expect((await fetched(asking(), slow)).failed).toMatchObject({ waitMs: expect.any(Number) });
  expect(seen).toHaveLength(2);
  expect(await query('SELECT key FROM source_rate_limit')).toEqual([{ key: new URL(source.origin).host }]);
});

describe('who asks', () => {
  it('is the program with a contact, or what the operator has set for the source, in the place of what the source sends', async () => {
    version = { body: 'calls' };
    const request = asking({ headers: { referer: 'https://of-the-source.example/', accept: 'text/plain' } });
    await fetched(request);
    expect(whom).toMatchObject({
      'user-agent': expect.stringMatching(/^carnot-europe\/\S+ \(\+/),
      referer: 'https://of-the-source.example/',
    });
    const headers = {
      'user-agent': 'A browser of ours',
      referer: 'https://ec.europa.eu/list',
      origin: 'https://ec.europa.eu',
    };
    await fetched(request, { ...source, headers });
    expect(whom).toMatchObject({ ...headers, accept: 'text/plain' });
  });
});
