import { Harvesting } from '../../support/harvest/harvest.js';

/** Its only deadline is on 11 May at 17:00 in Brussels, five days after the test's first day. */
const SOONEST = '90000038TOPICSen';
/**
 * The source is configured with far fewer calls than it holds, so only its own runs can reveal that something
 * is odd.
 */
const knownFor = (expectsAtLeast: number) => ({
  copies: 1,
  adjust: (wiring: Harvesting['test']['wiring']) => ({
    ...wiring,
    sources: wiring.sources.map((s) => ({ ...s, expectsAtLeast })),
  }),
});

let h: Harvesting;
const begin = async (): Promise<void> => {
  h = await Harvesting.start(knownFor(5));
  expect(await h.ended()).toMatchObject({ state: 'accepted', counts: { calls: 60 } });
};
const end = () => h?.stop();

const stored = async () => ({
  calls: await h.query('SELECT id, version, seq, content_hash FROM call ORDER BY id'),
  sourceRecords: await h.query('SELECT * FROM source_record ORDER BY key'),
  versions: await h.query('SELECT count(*)::int AS n FROM call_version'),
});
/** Runs a harvest `hours` later. */
const after = async (hours: number) => {
  h.clock.move({ hours });
  return h.harvest();
};
/** Removes the last records until `left` remain. */
const shrinkTo = (left: number) => h.portal.remove(...h.portal.records.slice(left).map((r) => r.reference));

describe("a run of another size than the source's own", () => {
  beforeAll(begin);
  afterAll(end);

  it('is not believed where it is half, though its scans agree and it is above what the source is known to hold', async () => {
    const [before, good] = [await stored(), (await h.source()).lastGoodRunAt];
    const gone = h.portal.remove(...h.portal.records.filter((_, i) => i % 2 === 1).map((r) => r.reference));
    const run = await after(1);
    expect(run).toMatchObject({
      state: 'rejected',
      reason:
        'it holds 30 calls where its last good runs held about 60, and 59 of those are still before their deadline',
    });
    expect(await stored()).toEqual(before);
    expect(await h.source()).toMatchObject({
      state: 'doubtful',
      reason: run.reason,
      calls: 60,
      missing: 0,
      lastGoodRunAt: good,
    });
    h.portal.add(...gone);
    expect(await after(1)).toMatchObject({
      state: 'accepted',
      counts: { calls: 60, new: 0, changed: 0, missing: 0 },
    });
    expect(await h.source()).toMatchObject({ state: 'healthy', reason: null });
  });

  it('is not believed where it is more than twice as much', async () => {
    const before = await stored();
    const { metadata, ...rest } = h.portal.find(SOONEST);
    const more = Array.from({ length: 61 }, (_, i) => `${95_000_001 + i}TOPICSen`).map((reference) => ({
      ...rest,
      reference,
      metadata: { ...metadata, identifier: [reference] },
    }));
    h.portal.add(...more);
    expect(await after(1)).toMatchObject({
      state: 'rejected',
      reason: 'it holds 121 calls where its last good runs held about 60',
    });
    expect(await stored()).toEqual(before);
    expect(await h.source()).toMatchObject({ state: 'doubtful', calls: 60 });
    h.portal.remove(...more.map((r) => r.reference));
    expect(await after(1)).toMatchObject({ state: 'accepted', counts: { new: 0, missing: 0 } });
  });

  it('is believed where it is less by what may have closed in a day', async () => {
    const gone = shrinkTo(46);
    expect(await after(1)).toMatchObject({ state: 'accepted', counts: { calls: 46, missing: 14 } });
    h.portal.add(...gone);
    expect(await after(1)).toMatchObject({ state: 'accepted', counts: { calls: 60, missing: 0 } });
  });

  it('is believed in the end where run after run says so, over two days', async () => {
    const before = await stored();
    shrinkTo(36);
    for (const hours of [0, 16, 16, 15]) {
      expect(await after(hours)).toMatchObject({
        state: 'rejected',
        reason: expect.stringMatching(/^it holds 36 calls/),
      });
      expect(await stored()).toEqual(before);
    }
    // Four in a row were not enough, because they fell within 47 hours.
    expect(await after(1.1)).toMatchObject({
      state: 'accepted',
      counts: { calls: 36, new: 0, changed: 0, missing: 24 },
    });
    expect(await h.source()).toMatchObject({ state: 'healthy', reason: null, calls: 36, missing: 24 });
    expect(await after(1)).toMatchObject({ state: 'accepted', counts: { calls: 36 } });
  });

  it('but not over the longest time while there were fewer than four', async () => {
    shrinkTo(20);
    for (const hours of [1, 25, 25])
      expect(await after(hours)).toMatchObject({
        state: 'rejected',
        reason: expect.stringMatching(/^it holds 20 calls/),
      });
    expect(await after(0.1)).toMatchObject({ state: 'accepted', counts: { calls: 20 } });
  });
});

describe('after a stop of months', () => {
  beforeAll(begin);
  afterAll(end);

  it('a small run is believed at once where most of the known deadlines have passed, and nothing is called withdrawn', async () => {
    h.clock.move({ days: 100 });
    const today = h.clock.now().toISOString();
    const running = h.portal.records.filter((r) =>
      (r.metadata['deadlineDate'] ?? ['9']).some((d) => d > today),
    );
    expect(running.length).toBeGreaterThan(5);
    expect(running.length).toBeLessThan(0.5 * 60);
    h.portal.remove(...h.portal.records.filter((r) => !running.includes(r)).map((r) => r.reference));
    expect(await h.harvest()).toMatchObject({
      state: 'accepted',
      counts: { calls: running.length, missing: 60 - running.length },
    });
    expect(await h.source()).toMatchObject({
      state: expect.stringMatching(/healthy|quiet/),
      calls: running.length,
    });
    for (let i = 0; i < 5; i += 1) expect(await after(12)).toMatchObject({ state: 'accepted' });
    const kinds = await h.query(
      "SELECT DISTINCT unnest(kinds) AS kind FROM call_version WHERE kinds <> '{}'",
    );
    expect(kinds).toEqual([{ kind: 'closed' }]);
  });
});

describe('a source that says nothing new', () => {
  beforeAll(begin);
  afterAll(end);

  it('is called quiet after its own time, though calls close meanwhile, until its next news', async () => {
    expect(await after(9 * 24)).toMatchObject({ state: 'accepted' });
    expect(await h.source()).toMatchObject({ state: 'healthy', reason: null });
    expect(await after(24.1)).toMatchObject({ state: 'accepted' });
    const quiet = {
      state: 'quiet',
      reason: 'it answers, but nothing in it is new or changed since 2026-05-06',
    };
    expect(await h.source()).toMatchObject(quiet);
    // It has said nothing new since then, and not only since that was noticed.
    expect(await h.query('SELECT trouble_since::date::text AS since FROM monitor')).toEqual([
      { since: '2026-05-06' },
    ]);
    const since = (await h.source()).stateSince;
    // The source did not announce that a call closed at its deadline.
    h.portal.remove(SOONEST);
    for (let i = 0; i < 5; i += 1) await after(12);
    expect(
      await h.query("SELECT content->>'reference' AS reference FROM call_version WHERE kinds = '{closed}'"),
    ).toEqual([{ reference: SOONEST }]);
    expect(await h.source()).toMatchObject({ ...quiet, stateSince: since });
    h.portal.title('90000001TOPICSen', 'Something new');
    expect(await after(12)).toMatchObject({ state: 'accepted', counts: { changed: 1 } });
    expect(await h.source()).toMatchObject({ state: 'healthy', reason: null });
  });
});

describe('a row that cannot be read', () => {
  it('does not stop a run of ten rows, and its call is not missing; a second one does', async () => {
    const base = await Harvesting.start({ copies: 1, working: false });
    h = base;
    shrinkTo(10);
    h = await Harvesting.start({ beside: base, ...knownFor(5) });
    try {
      expect(await h.ended()).toMatchObject({ state: 'accepted', counts: { calls: 10 } });
      const [one, two] = h.portal.records.map((r) => r.reference) as [string, string];
      const before = await stored();
      h.portal.edit(one, { title: [' '] });
      expect(await after(1)).toMatchObject({
        state: 'accepted',
        counts: { calls: 9, new: 0, changed: 0, missing: 0, unread: 1, unreadWhy: 'title is missing' },
      });
      // It is healthy, but still reports the record.
      expect(await h.source()).toMatchObject({
        state: 'healthy',
        calls: 10,
        missing: 0,
        unread: 1,
        unreadWhy: 'title is missing',
      });
      expect({ ...(await stored()), sourceRecords: [] }).toEqual({ ...before, sourceRecords: [] });
      h.portal.edit(two, { title: [' '] });
      expect(await after(1)).toMatchObject({
        state: 'rejected',
        reason: '2 of 10 rows could not be read, first of all: title is missing',
      });
      expect(await h.source()).toMatchObject({ state: 'doubtful', calls: 10, missing: 0 });
    } finally {
      await h.stop();
      await base.stop();
    }
  });
});
