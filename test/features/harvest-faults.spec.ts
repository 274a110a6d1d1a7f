import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Faults } from '../../src/demo/sample-portal.js';
import { CarnotError } from '../../src/kernel/errors.js';
import { RunOutcome } from '../../src/harvest/judge.job.js';
import { Harvesting, REQUESTS } from '../support/harvest/harvest.js';
import { TestPortal } from '../support/harvest/portal.js';
import { until } from '../support/until.js';
import { everyNth, sampled } from '../support/release.js';

const stored = (h: Harvesting) =>
  h.query(
    'SELECT id, version, seq, content_hash, (SELECT max(last_seen_at) FROM source_record) AS seen, (SELECT count(*)::int FROM source_record WHERE missing_since IS NOT NULL) AS missing FROM call ORDER BY id',
  );

describe('a portal that fails now and then', () => {
  const kinds: [string, Faults][] = [
    ['refuses', { http500: 0.25 }],
    ['asks to wait', { http429: 0.15 }],
    ['cuts the connection', { reset: 0.25 }],
    ['sends half a document', { truncate: 0.25 }],
    ['asks for a browser', { challenge: 0.4 }],
    ['shows half of its records', { half: 0.15 }],
    ['shows nothing', { empty: 0.15 }],
  ];
  it.each(sampled('portals that fail now and then', kinds, everyNth(3)))(
    'and %s is read in full',
    async (_what, faults) => {
      const h = await Harvesting.start({ faults });
      try {
        expect(await h.ended()).toMatchObject({ state: 'accepted', counts: { calls: 360, new: 360 } });
        expect(
          (
            await h.query(
              "SELECT count(*)::int AS n, count(DISTINCT content->>'reference')::int AS distinct FROM call",
            )
          )[0],
        ).toEqual({ n: 360, distinct: 360 });
        expect(h.portal.requests()).toBeGreaterThan(REQUESTS);
      } finally {
        await h.stop();
      }
    },
  );
});

describe('a portal that is wrong throughout', () => {
  let h: Harvesting;
  beforeAll(async () => {
    h = await Harvesting.start();
    await h.ended();
  });
  afterAll(() => h?.stop());

  it.each<[string, Faults, { run: string; source: string; reason: RegExp }]>([
    [
      'half of its records, and the total to match',
      { half: 1 },
      {
        run: 'rejected',
        source: 'doubtful',
        reason: /^(two scans disagree|scan 1 found \d+ of the \d+ [a-z-]+-en that the source says it holds)/,
      },
    ],
    ['no records', { empty: 1 }, { run: 'rejected', source: 'doubtful', reason: /only 0 calls/ }],
    ['another form', { shape: 1 }, { run: 'failed', source: 'broken', reason: /changed shape/ }],
    [
      'a page for a browser',
      { challenge: 1 },
      { run: 'failed', source: 'blocked', reason: /page for a browser/ },
    ],
    ['status 403', { http403: 1 }, { run: 'failed', source: 'refused', reason: /status 403/ }],
    ['status 500', { http500: 1 }, { run: 'failed', source: 'unreachable', reason: /status 500/ }],
    ['status 429', { http429: 1 }, { run: 'failed', source: 'throttled', reason: /status 429/ }],
    ['half of each document', { truncate: 1 }, { run: 'failed', source: 'unreachable', reason: /cut off/ }],
  ])('%s: nothing is changed, and it is said why', async (_what, faults, expected) => {
    const before = await stored(h);
    const good = (await h.source()).lastGoodRunAt;
    h.clock.move({ minutes: 7 });
    h.portal.faults(faults);
    const run = await h.harvest();
    expect(run).toMatchObject({ state: expected.run, reason: expect.stringMatching(expected.reason) });
    // The number shown only matters if it is the only oddity.
    expect(run.counts).toBeNull();
    expect(await h.source()).toMatchObject({
      state: expected.source,
      reason: run.reason,
      lastGoodRunAt: good,
      calls: 360,
    });
    expect(await stored(h)).toEqual(before);
  });

  it('fewer records than the source is known to hold, in both scans', async () => {
    const before = await stored(h);
    h.portal.faults({});
    const gone = h.portal.remove(...h.portal.records.slice(0, 100).map((r) => r.reference));
    expect(await h.harvest()).toMatchObject({
      state: 'rejected',
      reason: 'only 260 calls, and this source is known to hold at least 300',
    });
    expect(await h.source()).toMatchObject({ state: 'doubtful', calls: 360, missing: 0 });
    expect(await stored(h)).toEqual(before);
    h.portal.add(...gone);
  });

  it('one that asks for years of patience gets five hours', async () => {
    h.portal.faults({});
    await h.harvest();
    for (const seconds of [3 * 365 * 86_400, 9e12]) {
      const { id } = (await h.call('/v1/sources/funding-tenders/runs', { method: 'POST' })).body;
      await h.test.app
        .get(RunOutcome)
        .failed(id, new CarnotError('HttpThrottled', 'busy', 'later', { retryAfterMs: seconds * 1_000 }));
      const source = await h.source();
      expect(source).toMatchObject({ state: 'throttled', run: { id, state: 'failed' } });
      expect(Date.parse(source.nextRunAt) - Date.parse(source.lastRunAt)).toBe(5 * 3_600_000);
    }
  });

  it('what fails on our side leaves the source as it is, and it is read again soon', async () => {
    h.portal.faults({});
    expect(await h.harvest()).toMatchObject({ state: 'accepted' });
    const { state, reason, stateSince } = await h.source();
    for (const code of ['57P01', 'ENOSPC']) {
      const { id } = (await h.call('/v1/sources/funding-tenders/runs', { method: 'POST' })).body;
      await h.test.app
        .get(RunOutcome)
        .failed(id, Object.assign(new Error(`out of order: ${code}`), { code }));
      const source = await h.source();
      expect(source).toMatchObject({
        state,
        reason,
        stateSince,
        run: { id, state: 'failed', reason: `out of order: ${code}` },
      });
      expect(Date.parse(source.nextRunAt) - Date.parse(source.lastRunAt)).toBe(5 * 60_000);
    }
    expect(await h.query('SELECT failures FROM source')).toEqual([{ failures: 0 }]);
    for (let tries = 3; tries <= 12; tries += 1) {
      expect(await h.source()).toMatchObject({ state, reason });
      const { id } = (await h.call('/v1/sources/funding-tenders/runs', { method: 'POST' })).body;
      h.clock.move({ minutes: 5 });
      await h.test.app.get(RunOutcome).failed(id, new Error('still out of order'));
    }
    const [first] = await h.query(
      `SELECT min(ended_at) AS since FROM harvest_run WHERE state = 'failed' AND ended_at >
         (SELECT max(ended_at) FROM harvest_run WHERE state IN ('accepted', 'rejected'))`,
    );
    expect(await h.query(`SELECT trouble_since AS since FROM monitor WHERE state = 'doubtful'`)).toEqual([
      first,
    ]);
    // After an hour the failure is reported, since the source's data is getting old.
    expect(await h.source()).toMatchObject({ state: 'doubtful', reason: 'still out of order' });
  });

  it('a parser that fails as nobody foresaw has met another form', async () => {
    const { source } = h.test.wiring.sources.map((s) => ({ source: s, parse: s.parse }))[0]!;
    const parse = source.parse;
    try {
      source.parse = () => {
        throw new Error('cannot read a thing');
      };
      h.portal.title('90000001TOPICSen', 'So that its bytes are new');
      expect(await h.harvest()).toMatchObject({
        state: 'failed',
        reason: 'the parser cannot deal with the document: cannot read a thing',
      });
      expect(await h.source()).toMatchObject({ state: 'broken' });
    } finally {
      source.parse = parse;
    }
  });

  it('the pause grows with each failure in a row, and ends with the first good run', async () => {
    h.portal.faults({ empty: 1 });
    await h.query('UPDATE source SET failures = 0');
    for (const minutes of [5, 10, 20]) {
      await h.harvest();
      const { lastRunAt, nextRunAt } = await h.source();
      expect((Date.parse(nextRunAt) - Date.parse(lastRunAt)) / 60_000).toBe(minutes);
    }
    await h.query('UPDATE source SET failures = 40');
    await h.harvest();
    const { lastRunAt, nextRunAt } = await h.source();
    expect((Date.parse(nextRunAt) - Date.parse(lastRunAt)) / 3_600_000).toBe(12);
  });

  it('is not asked before its time; then it is, and is healthy again', async () => {
    h.portal.faults({});
    const asked = h.portal.requests();
    h.clock.move({ hours: 11 });
    await h.tick();
    expect(h.portal.requests()).toBe(asked);
    expect((await h.source()).run.state).toBe('rejected');
    h.clock.move({ hours: 1.1 });
    await h.tick();
    await until('the source to be healthy', async () => (await h.source()).state === 'healthy');
    expect(await h.source()).toMatchObject({ reason: null, calls: 360, missing: 0 });
    expect(await h.query('SELECT failures FROM source')).toEqual([{ failures: 0 }]);
  });
});

describe('a portal out of reach', () => {
  it('is said to be, with the next try; all else works, and it is read once it is back', async () => {
    const reserved = createServer();
    await new Promise<void>((resolve) => reserved.listen(0, '127.0.0.1', resolve));
    const { port } = reserved.address() as AddressInfo;
    await new Promise((resolve) => reserved.close(resolve));
    const h = await Harvesting.start({ variables: { FUNDING_TENDERS_URL: `http://127.0.0.1:${port}` } });
    let back: TestPortal | undefined;
    try {
      expect(await h.ended()).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('ECONNREFUSED'),
      });
      const source = await h.source();
      expect(source).toMatchObject({
        state: 'unreachable',
        reason: expect.stringContaining(String(port)),
        lastGoodRunAt: null,
        calls: 0,
      });
      expect(Date.parse(source.nextRunAt)).toBeGreaterThan(h.clock.now().getTime());
      expect((await h.call('/v1/calls')).body).toMatchObject({ items: [], total: 0 });
      expect((await h.call('/v1/profiles')).status).toBe(200);
      back = await TestPortal.start(h.clock.now(), { port });
      // Ten minutes after robots.txt was unreachable, it is fetched again.
      h.clock.move({ minutes: 11 });
      await h.tick();
      await until('the source to be healthy', async () => (await h.source()).state === 'healthy');
      expect(await h.source()).toMatchObject({ calls: 360, reason: null });
    } finally {
      await h.stop();
      await back?.close();
    }
  });
});
