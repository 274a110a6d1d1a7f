import { eventsOfMatches } from '../../../src/matching/domain/index.js';

describe('the events of matches', () => {
  it('begin at the least score, and are one at each step: a match that only becomes surer within one is told once', () => {
    const keyOf = (score: number, least = 40) =>
      eventsOfMatches('ours', [{ callId: 'c', version: 1, score }], { least, byCall: true }).map(
        (e) => e.key,
      );
    expect(keyOf(39.9)).toEqual([]);
    expect(keyOf(40)).toEqual(['match/ours/c/possible']);
    expect(keyOf(64.9)).toEqual(keyOf(40));
    expect(keyOf(65)).toEqual(['match/ours/c/strong']);
    expect(keyOf(30, 25)).toEqual(['match/ours/c/weak']);
  });
});
