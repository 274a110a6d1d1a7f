import type { Wiring } from '../../../src/app/platform.module.js';
import type { Faults } from '../../../src/demo/sample-portal.js';
import { AlarmDelivery } from '../../../src/monitoring/alarms.js';
import { AlarmRepository } from '../../../src/monitoring/store/alarm.repository.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

const topic = (n: number) => `900000${String(n).padStart(2, '0')}TOPICSen`;
const cascade = (n: number) => `900${n}COMPETITIVE_CALLen`;
/** Its deadline is 53 hours away when the test begins. */
const NEAR = topic(1);
/** Its deadline is 78 hours away: too far for an immediate check, near enough some hours later. */
const LATER = topic(2);
const FAR = topic(3);
/** Its deadline has passed, but the portal still shows it. */
const OVER = cascade(9);

/**
 * Schedules full runs rarely, so that the test's hours fall between two of them; quick checks keep the
 * default interval.
 */
const seldom = (wiring: Wiring): Wiring => ({
  ...wiring,
  sources: wiring.sources.map((s) => ({ ...s, everyHours: 48 })),
});

/** Requests: the count of each kind in each of two scans, plus the newest notes once. */
const COUNTS = 2 * 3 + 1;
/** Plus, in each scan, the queries for the selected grants and cascade calls. */
const LOOK = COUNTS + 2 * 2;

let h: Harvesting;
let second: Harvesting | undefined;

const glances = () => h.query("SELECT * FROM harvest_run WHERE kind = 'quick-check' ORDER BY started_at");
const state = async () =>
  (
    await h.query(
      'SELECT state, reason, failures, due_at, last_run_at, last_good_run_at, state_since FROM source',
    )
  )[0];
const asked = (run: any): string[] => run.targets.map((t: { reference: string }) => t.reference).sort();
const cascades = () =>
  h.portal.records
    .filter((r) => r.metadata['type']![0] === '8' && r.reference !== OVER)
    .map((r) => r.reference);
const sourceRecord = async (reference: string) =>
  (await h.query("SELECT * FROM source_record WHERE content->>'reference' = $1", [reference]))[0];
/** Returns the events after the given version, as "reference kinds". */
const events = async (after: string) =>
  (
    await h.query(
      "SELECT content->>'reference' AS reference, kinds FROM call_version WHERE seq > $1 ORDER BY 1",
      [after],
    )
  ).map((v) => `${v.reference} ${v.kinds.join('+')}`);
const lastSeq = async (): Promise<string> =>
  (await h.query('SELECT max(seq) AS seq FROM call_version'))[0].seq;

/** Waits until the tick's work, if any, is done: nothing is queued or running. */
const quiet = () =>
  until(
    'no run under way',
    async () => (await h.query('SELECT id FROM harvest_run WHERE ended_at IS NULL')).length === 0,
  );

/** Ticks `minutes` later and returns the finished quick check. */
async function look(minutes = 61): Promise<any> {
  const before = (await glances()).length;
  h.clock.move({ minutes });
  await h.tick();
  return until('the quick check to end', async () => {
    const all = await glances();
    return all.length > before && all.at(-1).ended_at ? all.at(-1) : null;
  });
}

beforeAll(async () => {
  h = await Harvesting.start({ copies: 1, adjust: seldom });
  await h.ended();
  h.portal.deadline(NEAR, '2026-05-08T00:00:00.000+0000');
  h.portal.deadline(LATER, '2026-05-09T18:00:00.000+0200');
  expect(await h.harvest()).toMatchObject({ state: 'accepted' });
});
afterAll(async () => {
  await second?.stop();
  await h?.stop();
});

describe('a quick check of the calls that cannot wait', () => {
  it('is not taken before its time', async () => {
    const requests = h.portal.requests();
    h.clock.move({ minutes: 58 });
    await h.tick();
    await quiet();
    expect(await glances()).toEqual([]);
    expect(h.portal.requests()).toBe(requests);
  });

  it('then asks twice, in a request for each kind, for those with a near deadline and for cascade calls, and says nothing of the source', async () => {
    const [requests, before] = [h.portal.requests(), await state()];
    const run = await look(3);
    expect(cascades()).toHaveLength(8);
    expect(asked(run)).toEqual([NEAR, ...cascades()].sort());
    expect(run).toMatchObject({
      state: 'accepted',
      reason: null,
      counts: { calls: 9, new: 0, changed: 0, missing: 0, gone: 0 },
    });
    expect(h.portal.requests()).toBe(requests + LOOK);
    expect(await state()).toEqual(before);
    expect(await h.source()).toMatchObject({
      run: { kind: 'full', counts: { calls: 60 } },
      quickCheck: { id: run.id, kind: 'quick-check', counts: { calls: 9 } },
    });
  });

  it('is one, however many processes tick at once', async () => {
    second = await Harvesting.start({ beside: h, copies: 1, adjust: seldom });
    const requests = h.portal.requests();
    h.clock.move({ minutes: 61 });
    for (let i = 0; i < 3; i += 1) await Promise.all([h.tick(), second.tick()]);
    await quiet();
    await Promise.all([h.tick(), second.tick()]);
    await quiet();
    expect((await glances()).map((g) => g.state)).toEqual(['accepted', 'accepted']);
    expect(h.portal.requests()).toBe(requests + LOOK);
    await second.stop();
    second = undefined;
  });

  it('sees at once what changed of them, and nothing else', async () => {
    const lost = cascade(2);
    const [seq, shown] = [await lastSeq(), await sourceRecord(lost)];
    h.portal.deadline(NEAR, '2026-05-20T00:00:00.000+0000');
    h.portal.title(cascade(1), 'Another title');
    h.portal.title(FAR, 'Seen by a whole run only');
    const gone = h.portal.remove(lost);
    const fresh = h.portal.addLike(cascade(1), 'once more');
    const run = await look();
    expect(run).toMatchObject({
      state: 'accepted',
      counts: { calls: 8, new: 0, changed: 2, missing: 0, gone: 0 },
    });
    expect(await events(seq)).toEqual([`${NEAR} extended`, `${cascade(1)} text`]);
    const [{ body }, [{ id }]] = [
      await h.call('/v1/changes?limit=2'),
      await h.query("SELECT id FROM call WHERE content->>'reference' = $1", [NEAR]),
    ];
    expect(body.items.find((e: any) => e.call.id === id)).toMatchObject({
      kind: 'extended',
      run: run.id,
      changes: [{ to: [{ at: '2026-05-20T15:00:00.000Z' }] }],
    });
    // A missing call proves nothing: search services lose single records for a while.
    expect(await sourceRecord(lost)).toEqual(shown);

    expect(await h.harvest()).toMatchObject({ counts: { calls: 60, new: 1, changed: 1, missing: 1 } });
    expect(await events(seq)).toEqual(
      [`${NEAR} extended`, `${FAR} text`, `${cascade(1)} text`, `${fresh} new`].sort(),
    );
    const missing = await sourceRecord(lost);
    expect(missing).toMatchObject({ missed_runs: 1, missing_since: expect.any(Date) });
    expect(asked(await look())).toContain(lost);
    expect(await sourceRecord(lost)).toEqual(missing);
    // But a call that is shown does exist.
    h.portal.add(...gone);
    expect(await look()).toMatchObject({ state: 'accepted', counts: { calls: 9 } });
    expect(await sourceRecord(lost)).toMatchObject({ missed_runs: 0, missing_since: null });
  });

  it('that counts otherwise than the last whole run begins the next one before its time', async () => {
    const { run } = await h.source();
    expect(run.counts).toMatchObject({ calls: 60 });
    await h.tick();
    await quiet();
    expect((await h.source()).run).not.toMatchObject({ id: run.id });
    expect((await h.source()).run).toMatchObject({
      state: 'accepted',
      counts: { calls: 61, new: 0, changed: 0, missing: 0 },
    });
  });

  it('takes in a call whose deadline comes near, and leaves out one whose deadline went away', async () => {
    const run = await look();
    expect(asked(run)).toEqual([LATER, ...cascades()].sort());
  });

  it.each<[string, Faults, string]>([
    ['fails', { http500: 1 }, 'failed'],
    ['brings another form', { shape: 1 }, 'failed'],
    ['contradicts itself', { half: 1 }, 'rejected'],
  ])('that %s leaves the source as it is, and is tried again', async (_what, faults, ended) => {
    const [before, seq] = [await state(), await lastSeq()];
    h.portal.title(LATER, `Changed while it ${_what}`);
    // With an odd number of rows, every second row is the same from either end, and two scans would agree.
    const odd = h.portal.remove(cascade(2));
    h.portal.faults(faults);
    expect(await look()).toMatchObject({ state: ended, reason: expect.any(String) });
    expect(await state()).toEqual(before);
    h.clock.move({ minutes: 58 });
    await h.tick();
    await quiet();
    expect((await glances()).at(-1).state).toBe(ended);
    h.portal.faults({});
    h.portal.add(...odd);
    expect(await look(3)).toMatchObject({ state: 'accepted', counts: { calls: 10, changed: 1 } });
    expect(await events(seq)).toEqual([`${LATER} text`]);
    expect(await state()).toEqual(before);
    expect(await h.query('SELECT id FROM alarm')).toEqual([]);
  });

  it('is not taken while the source cannot be read: its pause holds for both', async () => {
    h.portal.faults({ challenge: 1 });
    expect(await h.harvest()).toMatchObject({ state: 'failed' });
    // The delay after six failures in a row.
    await h.query("UPDATE source SET due_at = due_at + interval '5 hours'");
    const [requests, before] = [h.portal.requests(), (await glances()).length];
    h.clock.move({ minutes: 120 });
    await h.tick();
    await quiet();
    expect(await glances()).toHaveLength(before);
    expect(h.portal.requests()).toBe(requests);
    h.portal.faults({});
    expect(await h.harvest()).toMatchObject({ state: 'accepted' });
    expect(await look()).toMatchObject({ state: 'accepted' });
  });

  it('makes room for a whole run that somebody asks for', async () => {
    const seq = await lastSeq();
    h.portal.title(FAR, 'Seen by the whole run that was asked for');
    h.clock.move({ minutes: 61 });
    await h.tick();
    for (let i = 0; i < 3; i += 1) await h.test.queue!.step();
    const [under] = await h.query('SELECT id, kind FROM harvest_run WHERE ended_at IS NULL');
    expect(under.kind).toBe('quick-check');
    const run = await h.harvest();
    expect(run).toMatchObject({ state: 'accepted', counts: { calls: 61, changed: 1, missing: 0 } });
    expect(await h.query('SELECT kind FROM harvest_run WHERE id = $1', [run.id])).toEqual([{ kind: 'full' }]);
    expect((await glances()).at(-1)).toMatchObject({
      id: under.id,
      state: 'failed',
      reason: 'a whole run took its place',
      counts: null,
    });
    expect(await events(seq)).toEqual([`${FAR} text`]);
    expect(await state()).toMatchObject({ state: 'healthy', reason: null, failures: 0 });
    h.portal.faults({});
  });

  it('is not taken where the whole source is due, nor at the heels of that run', async () => {
    const before = (await glances()).length;
    h.clock.move({ hours: 49 });
    await h.tick();
    await quiet();
    for (let i = 0; i < 2; i += 1) await h.tick();
    await quiet();
    expect(await glances()).toHaveLength(before);
    expect(await h.source()).toMatchObject({ state: 'healthy', run: { counts: { calls: 61 } } });
  });
});

describe('an incident of a source that recovered', () => {
  const lasts = async (): Promise<boolean> => {
    await h.test.app.get(AlarmDelivery, { strict: false }).due();
    const [monitor] = await h.query(
      "SELECT incident_id FROM monitor WHERE subject = 'source/funding-tenders'",
    );
    return monitor.incident_id !== null;
  };

  it('is over with the next quick check, and not hours later with the next reading', async () => {
    const reason = 'its form has changed';
    await h.test.app
      .get(AlarmRepository)
      .observe({ subject: 'source/funding-tenders', state: 'broken', reason, now: h.clock.now() });
    expect(await h.harvest()).toMatchObject({ state: 'accepted' });
    expect(await lasts()).toBe(true);
    h.clock.move({ minutes: 61 });
    expect(await lasts()).toBe(true);
    expect(await look(0)).toMatchObject({ kind: 'quick-check', state: 'accepted' });
    expect(await lasts()).toBe(false);
  });
});

describe('more calls than a page holds', () => {
  it('are all looked at, on pages that each tell a total of their own', async () => {
    const base = await Harvesting.start({ copies: 3, working: false });
    const own = await Harvesting.start({ beside: base, copies: 3, adjust: seldom });
    try {
      expect(await own.ended()).toMatchObject({ state: 'accepted', counts: { calls: 180 } });
      const near = base.portal.records
        .filter((r) => r.metadata['type']![0] !== '8')
        .slice(0, 120)
        .map((r) => r.reference);
      for (const reference of near) base.portal.deadline(reference, '2026-05-08T00:00:00.000+0000');
      expect(await own.harvest()).toMatchObject({ state: 'accepted' });
      for (const reference of near) base.portal.title(reference, `Seen at a glance, ${reference}`);
      own.clock.move({ minutes: 61 });
      await own.tick();
      const quickCheck = await until('the quick check to end', async () =>
        (await own.source()).quickCheck?.endedAt ? (await own.source()).quickCheck : null,
      );
      expect(quickCheck).toMatchObject({ state: 'accepted', counts: { changed: 120 } });
      expect(quickCheck.counts.calls).toBeGreaterThan(120);
    } finally {
      await own.stop();
      await base.stop();
    }
  });
});
