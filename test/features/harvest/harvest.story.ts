import { Harvesting, REQUESTS, type Run } from '../../support/harvest/harvest.js';

let h: Harvesting;
let first: Run;
beforeAll(async () => {
  h = await Harvesting.start();
  first = await h.ended();
});
afterAll(() => h?.stop());

const versions = () =>
  h.query(
    "SELECT v.*, c.content->>'reference' AS reference FROM call_version v JOIN call c ON c.id = v.call_id ORDER BY v.seq",
  );
const sourceRecord = async (reference: string) =>
  (
    await h.query(
      "SELECT s.* FROM source_record s JOIN call c ON c.id = s.call_id WHERE c.content->>'reference' = $1",
      [reference],
    )
  )[0];

/** Lists read the summary: if it differs from the content, they show an outdated call. */
async function expectSummaries(): Promise<void> {
  for (const table of ['call', 'source_record']) {
    const [count] = await h.query(
      `SELECT count(*)::int AS rows, count(*) FILTER (WHERE summary = content - 'sections' AND content ? 'sections')::int AS alike FROM ${table}`,
    );
    expect(count.rows).toBeGreaterThan(300);
    expect(count.alike).toBe(count.rows);
  }
}

describe('harvests, one after the other', () => {
  it('the first stores each call once: version 1, in one order, seen now', async () => {
    expect(first).toMatchObject({
      state: 'accepted',
      reason: null,
      counts: { calls: 360, new: 360, changed: 0, missing: 0 },
    });
    const calls = await h.query("SELECT *, content->>'reference' AS reference FROM call ORDER BY seq");
    expect(new Set(calls.map((c) => c.reference))).toEqual(new Set(h.portal.records.map((r) => r.reference)));
    expect(calls).toHaveLength(360);
    expect(calls.every((c) => c.version === 1 && c.seq === c.first_seq)).toBe(true);
    const all = await versions();
    expect(all.map((v) => [v.call_id, v.version, v.seq, v.changes, v.run_id])).toEqual(
      calls.map((c) => [c.id, 1, c.seq, [], first.id]),
    );
    expect(new Set(all.map((v) => v.seq)).size).toBe(360);
    const seen = await h.query('SELECT call_id, last_seen_at, missing_since FROM source_record');
    expect(new Set(seen.map((s) => s.call_id))).toEqual(new Set(calls.map((c) => c.id)));
    expect(new Set(seen.map((s) => s.last_seen_at.getTime())).size).toBe(1);
    expect(seen.every((s) => s.missing_since === null)).toBe(true);
  });

  it('keeps beside each content, of calls and of source records, all of it but its text', async () => {
    await expectSummaries();
  });

  it('makes the source healthy, and due again after its own pause', async () => {
    const source = await h.source();
    expect(source).toMatchObject({ state: 'healthy', reason: null, calls: 360, missing: 0 });
    expect(source.lastGoodRunAt).toBe(source.lastRunAt);
    expect(Date.parse(source.nextRunAt) - Date.parse(source.lastRunAt)).toBe(6 * 3_600_000);
  });

  it('keeps the bytes of each answer, and each of them once', async () => {
    const [row] = await h.query(
      'SELECT count(*)::int AS n, count(DISTINCT document_hash)::int AS hashes FROM harvest_request WHERE document_hash IS NOT NULL',
    );
    expect(row.n).toBe(REQUESTS);
    expect((await h.query('SELECT count(*)::int AS n FROM raw_document'))[0].n).toBe(row.hashes);
  });

  it('an identical one changes nothing but the time of sight', async () => {
    const before = await h.query('SELECT * FROM call ORDER BY id');
    h.clock.move({ hours: 3 });
    expect(await h.harvest()).toMatchObject({
      state: 'accepted',
      counts: { calls: 360, new: 0, changed: 0, missing: 0 },
    });
    expect(await h.query('SELECT * FROM call ORDER BY id')).toEqual(before);
    expect(await versions()).toHaveLength(360);
    const [{ at }] = await h.query('SELECT min(last_seen_at) AS at FROM source_record');
    expect(at.getTime()).toBeGreaterThan(Date.parse('2026-05-06T13:00:00Z') - 1);
  });

  it('notes the document that shows a call where none was noted, as of calls from before there were any', async () => {
    await h.query('UPDATE source_record SET document_hash = NULL');
    await h.harvest();
    expect(
      await h.query(
        'SELECT count(*)::int AS n FROM source_record s JOIN raw_document d ON d.hash = s.document_hash',
      ),
    ).toEqual([{ n: 360 }]);
    expect(await versions()).toHaveLength(360);
  });

  it('changed records get one version more that says what changed; the others stay', async () => {
    const [moved, renamed, richer] = ['90000001TOPICSen', '90000003TOPICSen', '90000002TOPICSen'] as const;
    h.portal.deadline(moved, '2026-09-15T17:00:00.000+0200');
    h.portal.title(renamed, 'Another title');
    h.portal.budget(richer, 77_000_000);
    const others = await h.query(
      "SELECT * FROM call WHERE NOT (content->>'reference' = ANY($1)) ORDER BY id",
      [[moved, renamed, richer]],
    );
    const run = await h.harvest();
    expect(run).toMatchObject({ counts: { calls: 360, new: 0, changed: 3 } });
    expect(
      await h.query("SELECT * FROM call WHERE NOT (content->>'reference' = ANY($1)) ORDER BY id", [
        [moved, renamed, richer],
      ]),
    ).toEqual(others);
    const late = (await versions()).slice(360);
    expect(late.map((v) => [v.version, v.run_id])).toEqual([
      [2, run.id],
      [2, run.id],
      [2, run.id],
    ]);
    const changes = new Map(late.map((v) => [v.reference, v.changes]));
    expect(changes.get(moved)).toContainEqual(
      expect.objectContaining({
        kind: 'extended',
        field: 'deadlines',
        to: [expect.objectContaining({ at: '2026-09-15T15:00:00.000Z', timeTold: true })],
      }),
    );
    expect(changes.get(renamed)).toEqual([
      { kind: 'text', field: 'title', from: expect.stringContaining('[SAMPLE]'), to: 'Another title' },
    ]);
    expect(changes.get(richer)).toEqual([
      expect.objectContaining({
        kind: 'budget',
        field: 'budget',
        to: expect.objectContaining({ total: 77_000_000 }),
      }),
    ]);
    const call = (await h.query("SELECT id FROM call WHERE content->>'reference' = $1", [renamed]))[0];
    expect((await h.call(`/v1/calls/${call.id}`)).body).toMatchObject({ title: 'Another title' });
  });

  it('a record that is missing stays, marked since when; once back it is as before', async () => {
    const gone = h.portal.remove('90000004TOPICSen', '90000005TOPICSen');
    h.clock.move({ hours: 1 });
    expect(await h.harvest()).toMatchObject({
      state: 'accepted',
      counts: { calls: 358, new: 0, changed: 0, missing: 2 },
    });
    const { missing_since: since, last_seen_at: seen } = await sourceRecord('90000004TOPICSen');
    expect(since.getTime()).toBeGreaterThan(seen.getTime());
    expect(await h.source()).toMatchObject({ calls: 358, missing: 2, state: 'healthy' });
    h.clock.move({ hours: 1 });
    await h.harvest();
    expect((await sourceRecord('90000004TOPICSen')).missing_since).toEqual(since);

    h.portal.add(...gone);
    expect(await h.harvest()).toMatchObject({ counts: { calls: 360, new: 0, changed: 0, missing: 0 } });
    expect((await sourceRecord('90000004TOPICSen')).missing_since).toBeNull();
    expect(await h.query('SELECT count(*)::int AS n FROM call')).toEqual([{ n: 360 }]);
    expect(await versions()).toHaveLength(363);
    // Two of them have changed since the first run.
    await expectSummaries();
  });

  it('a new record is one call more, behind all others in the order', async () => {
    const reference = h.portal.addLike('90000001TOPICSen', 'once more');
    expect(await h.harvest()).toMatchObject({ counts: { calls: 361, new: 1, changed: 0, missing: 0 } });
    const all = await versions();
    expect(all.at(-1)).toMatchObject({ reference, version: 1, kinds: ['new'], changes: [{ kind: 'new' }] });
    expect(all.map((v) => BigInt(v.seq))).toEqual(
      all.map((v) => BigInt(v.seq)).sort((a, b) => (a < b ? -1 : 1)),
    );
  });

  it('twice at once is one run', async () => {
    const begin = () => h.call('/v1/sources/funding-tenders/runs', { method: 'POST' });
    const answers = await Promise.all([begin(), begin(), begin(), begin()]);
    expect(answers.map((a) => a.status)).toEqual([202, 202, 202, 202]);
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    await h.ended();
    expect(
      await h.query('SELECT scan, key FROM harvest_request WHERE run_id = $1', [answers[0].body.id]),
    ).toHaveLength(REQUESTS);
  });

  it('is due at once where the clock was a day ahead and is set right, and not otherwise', async () => {
    const runs = async (): Promise<number> => (await h.query('SELECT id FROM harvest_run')).length;
    h.clock.move({ days: 1 });
    await h.harvest();
    const before = await runs();
    // Within the longest wait that a throttling source can request.
    h.clock.move({ hours: -6 });
    await h.tick();
    expect(await runs()).toBe(before);
    h.clock.move({ hours: -18 });
    const ahead = new Date(h.clock.now().getTime() + 400 * 86_400_000);
    for (const table of ['source_list', 'source_check', 'partner_reading'])
      await h.query(
        `INSERT INTO ${table} (source_id, due_at) VALUES ('funding-tenders', $1)
         ON CONFLICT (source_id) DO UPDATE SET due_at = EXCLUDED.due_at`,
        [ahead],
      );
    await h.tick();
    await h.ended();
    expect(await runs()).toBe(before + 1);
    const due = await h.query(
      'SELECT due_at FROM source_list UNION ALL SELECT due_at FROM source_check UNION ALL SELECT due_at FROM partner_reading',
    );
    expect(due.filter((row) => row.due_at >= ahead)).toEqual([]);
    expect(Date.parse((await h.source()).nextRunAt) - h.clock.now().getTime()).toBeLessThanOrEqual(
      6 * 3_600_000,
    );
    await h.tick();
    expect(await runs()).toBe(before + 1);
  });

  it('a source that there is not is named as unknown', async () => {
    expect((await h.call('/v1/sources/elsewhere/runs', { method: 'POST' })).status).toBe(404);
  });
});
