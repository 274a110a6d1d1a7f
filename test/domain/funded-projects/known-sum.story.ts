import { knownSum } from '../../../src/funded-projects/domain/contributions.js';

describe('a sum of amounts', () => {
  it('is of those that are known, and says of how many nothing is', () => {
    expect(knownSum([0.1, null, 0.2, null])).toEqual({ amount: 0.3, unknown: 2 });
    expect(knownSum([0])).toEqual({ amount: 0, unknown: 0 });
  });

  it('is not known where nothing is: nothing stated is not nothing', () => {
    expect(knownSum([null])).toEqual({ amount: null, unknown: 1 });
    expect(knownSum([])).toEqual({ amount: null, unknown: 0 });
  });
});
