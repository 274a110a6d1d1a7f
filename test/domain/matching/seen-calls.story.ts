import { seeded } from '../../../src/matching/domain/training/encoder.js';
import type { Bag } from '../../../src/matching/domain/semantic/pieces.js';
import { SeenCalls } from '../../../src/matching/domain/index/candidates.js';

const random = seeded(3);
const aBag = (length: number): Bag => ({
  ids: Int32Array.from({ length }, () => Math.floor(random() * 65_536)),
  weights: Float32Array.from({ length }, () => random() * 9),
});
const aUnit = (): Float32Array => Float32Array.of(random() - 0.5, random() - 0.5, random() - 0.5);
/** The largest difference between two arrays: one expect() per number would take most of the time. */
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let most = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i += 1) most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
};

describe('what is kept of each call', () => {
  it("is found again by the call's number, whatever calls came, changed and went", () => {
    const calls = new SeenCalls(3);
    const kept = new Map<number, { bag: Bag; unit: Float32Array | null; identifier: string | null }>();
    // Enough calls to fill pages, with changes leaving more space in holes than in live data.
    for (let i = 0; i < 6_000; i += 1) {
      const number = Math.floor(random() * 1_500);
      const call = {
        bag: aBag(Math.floor(random() * 300)),
        unit: i % 7 === 0 ? null : aUnit(),
        identifier: i % 5 === 0 ? null : `T-${i}`,
      };
      kept.set(number, call);
      calls.set(number, call);
    }
    for (const [number, { bag, unit, identifier }] of kept) {
      expect(farthest(calls.bagOf(number).ids, bag.ids)).toBe(0);
      expect(farthest(calls.bagOf(number).weights, bag.weights)).toBeLessThan(0.001);
      const found = calls.units.readVector(number, new Float32Array(3));
      expect(found === null).toBe(unit === null);
      if (found) expect(farthest(found, unit!)).toBeLessThan(1e-4);
      expect(calls.identifierOf(number)).toBe(identifier);
    }
  });
});
