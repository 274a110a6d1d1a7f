import { Harvesting } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

/** Two processes on one database and one portal; either may come first. */
let base: Harvesting;
let both: Harvesting[];

beforeAll(async () => {
  base = await Harvesting.start({ copies: 1, working: false });
  both = await Promise.all([1, 2].map(() => Harvesting.start({ beside: base, copies: 1 })));
  await both[0]!.ended();
});
afterAll(async () => {
  await Promise.all((both ?? []).map((h) => h.stop()));
  await base?.stop();
});

const runs = () => base.query('SELECT kind, state, started_at FROM harvest_run ORDER BY started_at');
const allEnded = () =>
  until(
    'no run under way',
    async () => (await base.query('SELECT id FROM harvest_run WHERE ended_at IS NULL')).length === 0,
  );

/** Each process checks concurrently and repeatedly what is due, also after the resulting run has ended. */
async function ticked(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await Promise.all(both.map((h) => h.tick()));
  await allEnded();
  await Promise.all(both.map((h) => h.tick()));
  await allEnded();
}

describe('after everything stood still', () => {
  it.each([1, 2, 30])('for %d days, one run makes up for all that were missed', async (days) => {
    const [before, requests] = [await runs(), base.portal.requests()];
    base.clock.move({ days });
    const now = base.clock.now();
    await ticked();
    const after = await runs();
    expect(after.slice(before.length)).toMatchObject([{ kind: 'full', state: 'accepted' }]);
    expect(after.at(-1).started_at.getTime()).toBeGreaterThanOrEqual(now.getTime());
    // Two scans of three kinds, each one page with a count before and after; plus the newest notes once.
    expect(base.portal.requests()).toBe(requests + 2 * 3 * 3 + 1);
    // The next run is scheduled from the successful run, not from the missed ones.
    const { lastGoodRunAt, nextRunAt } = await base.source();
    expect(Date.parse(nextRunAt) - Date.parse(lastGoodRunAt)).toBe(6 * 3_600_000);
  });

  it('while it was failing, one try is made, and the failures before it count on', async () => {
    base.portal.faults({ challenge: 1 });
    base.clock.move({ days: 1 });
    await ticked();
    base.clock.move({ days: 30 });
    const before = (await runs()).length;
    await ticked();
    expect((await runs()).slice(before)).toMatchObject([{ kind: 'full', state: 'failed' }]);
    expect(await base.query('SELECT state, failures FROM source')).toEqual([
      { state: 'blocked', failures: 2 },
    ]);
    base.portal.faults({});
    base.clock.move({ days: 30 });
    await ticked();
    expect((await runs()).slice(before)).toMatchObject([
      { state: 'failed' },
      { kind: 'full', state: 'accepted' },
    ]);
    expect(await base.source()).toMatchObject({ state: 'quiet', calls: 60, missing: 0 }); // Nothing was new for months.
  });
});
