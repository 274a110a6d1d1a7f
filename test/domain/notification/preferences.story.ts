import { leastScoreOf } from '../../../src/notifications/domain/preferences/preferences.js';

describe('which calls somebody wants', () => {
  it.each([
    ['strong', 40, 65],
    ['possible', 40, 50],
    ['uncertain', 40, 40],
    ['strong', 70, 70],
    ['possible', 60, 60],
    ['uncertain', 20, 20],
  ] as const)(
    '%s ones, where the installation tells from %i on, are those from %i',
    (from, minScore, least) => {
      expect(leastScoreOf({ from }, minScore)).toBe(least);
    },
  );
});
