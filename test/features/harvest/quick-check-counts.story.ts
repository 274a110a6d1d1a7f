import type { Wiring } from '../../../src/app/platform.module.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { until } from '../../support/until.js';

/** Requests: the count of each of three kinds in each of two scans, plus the newest notes once. */
const COUNTS = 2 * 3 + 1;

describe('a source without near deadlines and cascade calls', () => {
  let base: Harvesting;
  beforeEach(async () => {
    base = await Harvesting.start({ copies: 1, working: false });
    const near = base.portal.records.filter((r) =>
      (r.metadata['deadlineDate'] ?? []).some((d) => d < '2026-05-12'),
    );
    base.portal.remove(
      ...near.map((r) => r.reference),
      ...base.portal.records.filter((r) => r.metadata['type']![0] === '8').map((r) => r.reference),
    );
  });
  afterEach(() => base?.stop());

  /** Reads the source once, then moves the clock to its next quick check. */
  async function later(
    of: (source: Wiring['sources'][number]) => Wiring['sources'][number],
    then: (alone: Harvesting, requests: number) => Promise<void>,
  ): Promise<void> {
    const alone = await Harvesting.start({
      beside: base,
      copies: 1,
      adjust: (wiring) => ({
        ...wiring,
        sources: wiring.sources.map((s) => of({ ...s, expectsAtLeast: 10 })),
      }),
    });
    try {
      expect(await alone.ended()).toMatchObject({ state: 'accepted' });
      const requests = base.portal.requests();
      alone.clock.move({ minutes: 61 });
      await alone.tick();
      await then(alone, requests);
      const [{ minutes }] = await alone.query(
        'SELECT round(extract(epoch FROM quick_check_due_at - $1) / 60)::int AS minutes FROM source',
        [alone.clock.now()],
      );
      expect(minutes).toBe(60);
    } finally {
      await alone.stop();
    }
  }

  it('is asked how many there are, and for its notes, and for no call', () =>
    later(
      (source) => source,
      async (alone, requests) => {
        const quickCheck = await until('the quick check to end', async () =>
          (await alone.source()).quickCheck?.endedAt ? (await alone.source()).quickCheck : null,
        );
        expect(quickCheck).toMatchObject({
          state: 'accepted',
          counts: { calls: 0, new: 0, changed: 0, missing: 0, gone: 0 },
        });
        expect(base.portal.requests()).toBe(requests + COUNTS);
      },
    ));

  it('is not asked, and put off, where it does not count', () =>
    later(
      (source) => ({ ...source, totals: undefined }),
      async (alone, requests) => {
        expect(
          await alone.query("SELECT id FROM harvest_run WHERE kind = 'quick-check' OR ended_at IS NULL"),
        ).toEqual([]);
        expect(base.portal.requests()).toBe(requests);
      },
    ));
});
