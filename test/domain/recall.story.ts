import { recallOf, type Asked, type MonthOfRecall } from '../../src/decisions/domain/recall.js';
import { intervalOf } from '../../src/kernel/statistics.js';

const near = (told: Partial<Asked>): Asked => ({ stratum: 'near', size: 50, decided: 5, wanted: 0, ...told });
const far = (told: Partial<Asked>): Asked => ({ stratum: 'far', size: 550, decided: 5, wanted: 0, ...told });
const month = (told: number, found: number, ...asked: Asked[]): MonthOfRecall => ({ told, found, asked });
const NOTHING = { hits: 0, of: 0, rate: null, low: null, high: null };

describe('the part of wanted calls that was told', () => {
  it('counts what the sample says for all that was not told, each part for itself', () => {
    // One of five near calls represents ten of the fifty.
    const { hits, of, rate } = recallOf([month(30, 0, near({ wanted: 1 }), far({}))]);
    expect([hits, of, rate]).toEqual([30, 40, 0.75]);
  });

  it('lies between what both parts allow', () => {
    const { low, high } = recallOf([month(30, 0, near({ wanted: 1 }), far({}))]);
    const [some, none] = [intervalOf(1, 5), intervalOf(0, 5)];
    expect(low).toBeCloseTo(30 / (30 + 50 * some.high + 550 * none.high), 10);
    expect(high).toBeCloseTo(30 / (30 + 50 * some.low), 10);
  });

  it('is less by what the institute found without us, and surer with each month', () => {
    const [one, six] = [1, 6].map((n) => recallOf(Array(n).fill(month(30, 10, near({}), far({})))));
    expect([one!.rate, six!.rate]).toEqual([0.75, 0.75]);
    expect(six!.low!).toBeGreaterThan(one!.low!);
  });

  it('is not told from nine answers, nor while one part was not asked about', () => {
    expect(recallOf([])).toEqual(NOTHING);
    expect(recallOf([month(30, 0, near({ decided: 4 }), far({}))])).toEqual(NOTHING);
    expect(recallOf([month(30, 0, near({}), far({ decided: 0 }))])).toEqual(NOTHING);
  });

  it('is not told of fewer than ten wanted calls', () => {
    expect(recallOf([month(8, 1, near({}), far({}))])).toEqual({ ...NOTHING, hits: 8, of: 9 });
  });
});
