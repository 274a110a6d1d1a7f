import { DataSource } from 'typeorm';
import type { CallContent } from '../../../src/calls/domain/call-content.js';
import { SOURCE_STATUSES, STATUSES, statusAt, statusFacts } from '../../../src/calls/domain/status.js';
import { liveSql, statusSql } from '../../../src/calls/store/call-filter.js';
import { CallRepository } from '../../../src/calls/store/call.repository.js';
import { startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';

const instants = [
  '2026-01-01T00:00:00.000Z',
  '2026-03-29T00:30:00.000Z',
  '2026-03-29T01:00:00.000Z',
  '2026-06-30T15:00:00.000Z',
  '2026-10-25T01:00:00.000Z',
];
const at = (days: string | null) => (days === null ? [] : [{ at: days, timeTold: true }]);

/**
 * All combinations of opening, deadlines and source status, including openings after the deadline, which
 * sources do report.
 */
const calls = SOURCE_STATUSES.flatMap((sourceStatus) =>
  [null, ...instants].flatMap((opensAt) =>
    [null, ...instants].flatMap((last) =>
      [null, ...instants].map((first) =>
        aCall(`${sourceStatus}-${opensAt}-${first}-${last}`, {
          sourceStatus,
          opensAt,
          deadlines: [...at(first), ...at(last)],
          deadlineModel: 'two-stage',
        }),
      ),
    ),
  ),
);

/** Each instant, plus just before and just after it. */
const nows = instants.flatMap((i) => [-60_000, -1, 0, 1, 60_000].map((ms) => new Date(Date.parse(i) + ms)));

describe('the status of a call', () => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    await storeCalls(server.app, calls);
  });
  afterAll(() => server?.stop());

  it('is the same in the database as in the domain, for all facts and at every moment', async () => {
    const repository = server.app.get(CallRepository);
    const counts = { draft: 0, forthcoming: 0, open: 0, closed: 0 };
    for (const now of nows) {
      for (const status of SOURCE_STATUSES) {
        const { items, total } = await repository.list({ status }, now, calls.length, null);
        const expected = calls
          .filter((c) => statusAt(statusFacts(c), now) === status)
          .map((c) => c.reference)
          .sort();
        expect({ now, status, total, found: items.map(({ call }) => call.content.reference).sort() }).toEqual(
          { now, status, total: expected.length, found: expected },
        );
        counts[status] += total;
      }
    }
    // Every status occurs, and each call has exactly one at a time.
    expect(Math.min(...Object.values(counts))).toBeGreaterThan(100);
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(calls.length * nows.length);
  });

  it('is withdrawn in both, whatever the other facts are', async () => {
    const repository = server.app.get(CallRepository);
    const database = server.app.get(DataSource);
    await database.query(
      `UPDATE call SET withdrawn_at = '2026-02-01' WHERE content->>'reference' LIKE 'open-%'`,
    );
    const [now] = nows.slice(-1) as [Date];
    for (const status of STATUSES) {
      const { total } = await repository.list({ status }, now, 1, null);
      const withdrawnAt = (c: CallContent) =>
        c.reference.startsWith('open-') ? new Date('2026-02-01') : null;
      const expected = calls.filter(
        (c) => statusAt({ ...statusFacts(c), withdrawnAt: withdrawnAt(c) }, now) === status,
      ).length;
      expect({ status, total }).toEqual({ status, total: expected });
    }
    expect((await repository.list({ status: 'withdrawn' }, now, 1, null)).total).toBe(
      calls.length / SOURCE_STATUSES.length,
    );
    await database.query('UPDATE call SET withdrawn_at = NULL');
  });

  it('is live where it is open or forthcoming, and nowhere else', async () => {
    const database = server.app.get(DataSource);
    await database.query(
      `UPDATE call SET withdrawn_at = '2026-02-01' WHERE content->>'reference' LIKE '%2026-06-30%'`,
    );
    const [status, live] = [statusSql('$1::timestamptz'), liveSql('$1::timestamptz')];
    const found: Record<string, boolean[]> = {};
    for (const now of nows) {
      const rows: { status: string; live: boolean }[] = await database.query(
        `SELECT ${status} AS status, coalesce(${live}, false) AS live FROM call`,
        [now],
      );
      for (const row of rows) (found[row.status] ??= []).push(row.live);
    }
    const all = Object.entries(found).map(([of, said]) => [of, [...new Set(said)]]);
    expect(Object.fromEntries(all)).toEqual({
      draft: [false],
      forthcoming: [true],
      open: [true],
      closed: [false],
      withdrawn: [false],
    });
    await database.query('UPDATE call SET withdrawn_at = NULL');
  });

  it('comes from the same facts in the columns as in the content', async () => {
    const { items } = await server.app.get(CallRepository).list({}, new Date(), calls.length, null);
    expect(items).toHaveLength(calls.length);
    for (const { call } of items) {
      const { opensAt, lastDeadlineAt, sourceStatus } = call;
      expect({ opensAt, lastDeadlineAt, sourceStatus }).toEqual(statusFacts(call.content));
    }
  });
});
