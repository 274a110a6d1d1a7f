import { eventsOfMatches } from '../../../src/matching/domain/match-events.js';
import { leastScoreOf, Preferences } from '../../../src/notifications/domain/preferences/preferences.js';

describe('the events of matches', () => {
  const keysOf = (score: number, least = 40): string[] =>
    eventsOfMatches('ours', [{ callId: 'c', version: 1, score, least, byCall: true }], true).map(
      (e) => e.key,
    );

  it('begin at the least score, and are one at each step: a match that only becomes surer within one is told once', () => {
    expect(keysOf(39.9)).toEqual([]);
    expect(keysOf(40)).toEqual(['match/ours/c/possible']);
    expect(keysOf(49.9)).toEqual(keysOf(40));
    expect(keysOf(50)).toEqual(['match/ours/c/likely']);
    expect(keysOf(64.9)).toEqual(keysOf(50));
    expect(keysOf(65)).toEqual(['match/ours/c/strong']);
    expect(keysOf(30, 25)).toEqual(['match/ours/c/weak']);
  });

  it.each(Preferences.shape.from.options)(
    'have a step of their own where what is wanted by “%s” begins: who was not told before is told then',
    (from) => {
      const least = leastScoreOf({ from }, 40);
      expect(keysOf(least)).toHaveLength(1);
      expect(keysOf(least)).not.toEqual(keysOf(least - 0.1));
    },
  );
});
