import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ShapeError } from '../../../src/kernel/errors.js';
import { defineSource, type SourceRequest } from '../../../src/harvest/domain/source.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { secondCall } from '../../support/harvest/second-source.js';
import { until } from '../../support/until.js';

/** What the server returns for a path: a status code or a body. */
let answers: Record<string, number | string>;
let server: Server;
let h: Harvesting;

const get = (path: string, told: Partial<SourceRequest> = {}): SourceRequest => ({
  key: path,
  path,
  method: 'GET',
  headers: {},
  body: null,
  ...told,
});
const calls = (...references: string[]): string => JSON.stringify(references.map((r) => secondCall(r)));

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    const answer = answers[url!] ?? 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const source = defineSource({
    id: 'second',
    name: 'A list and its control',
    homepage: 'https://second.example/',
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    everyHours: 12,
    requestsPerMinute: 600,
    coverage: 'full',
    expectsAtLeast: 1,
    quietAfterDays: 300,
    plan: (done) => (done.length ? [] : [get('/list'), get('/control', { aside: 'control' })]),
    parse: ({ bytes }) => {
      const read = bytes.toString();
      if (!read.startsWith('[')) throw new ShapeError('it is no list');
      return { total: null, calls: JSON.parse(read), unread: [], links: [] };
    },
  });
  answers = {};
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => ({ ...w, sources: [{ ...source, trusted: true, listTrusted: false, headers: {} }] }),
  });
});
afterAll(async () => {
  await h?.stop();
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

beforeEach(() => {
  answers = { '/list': calls('a', 'b', 'c'), '/control': calls('d') };
});

/** Reads the source some hours later, without ticks: a run continues by itself. */
async function read(hours: number): Promise<any> {
  h.clock.move({ hours });
  const { body } = await h.call('/v1/sources/second/runs', { method: 'POST' });
  return until('the run to end', async () => {
    const { run } = await h.source('second');
    return run.id === body.id && run.endedAt ? run : null;
  });
}

describe('what stands beside the lists', () => {
  it('is read with them', async () => {
    expect(await read(1)).toMatchObject({ state: 'accepted', counts: { calls: 4, unread: 0 } });
  });

  it.each<[string, number | string, RegExp]>([
    ['is refused', 403, /^\/control is read beside the lists and could not be had: .*403/],
    ['is not there', 404, /^\/control is read beside the lists/],
    ['fails again and again', 500, /status 500/],
    ['has another form', '<html></html>', /it is no list/],
  ])(
    'and %s fails no run; it is said, and a call that only it showed is not missing',
    async (_what, answer, why) => {
      answers['/control'] = answer;
      const run = await read(12);
      expect(run).toMatchObject({
        state: 'accepted',
        counts: { calls: 3, unread: 1, missing: 0, unreadWhy: expect.stringMatching(why) },
      });
      expect(await h.source('second')).toMatchObject({ state: 'healthy', unread: 1, missing: 0, calls: 4 });
    },
  );

  it('comes back, and what is absent is missing again', async () => {
    answers['/control'] = calls('e');
    expect(await read(12)).toMatchObject({ state: 'accepted', counts: { calls: 4, unread: 0, missing: 1 } });
  });

  it('bears nothing of the kind from the lists themselves', async () => {
    answers['/list'] = 403;
    expect(await read(12)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/403/) });
  });
});
