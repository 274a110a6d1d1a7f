import { besideRanked } from '../../../src/matching/domain/scoring/matcher.js';
import { toEnd } from '../../../src/kernel/time-slices.js';

const points: Record<string, number> = { a: 60, b: 9, c: 8, d: 7, e: 6, f: 0 };
const match = (id: string) => ({ score: points[id] ?? 0, competences: [], evidence: [] });
const beside = (over: { most?: number; always?: string[]; only?: string[]; of?: string[] } = {}): string[] =>
  toEnd(
    besideRanked(
      [{ id: 'a', match: match('a') }],
      {
        of: new Set(over.of ?? Object.keys(points)),
        most: over.most ?? 3,
        always: new Set(over.always ?? []),
        ...(over.only && { only: new Set(over.only) }),
      },
      { points: (id) => points[id] ?? 0, match },
    ),
  ).map(({ id }) => id);

describe('calls that are ranked though they are no match', () => {
  it('are the best so many of those wanted, with those that are ranked anyway', () => {
    expect(beside()).toEqual(['b', 'c']);
    expect(beside({ most: 1 })).toEqual([]);
  });

  it('are those that are to stay, wherever they stand by now', () =>
    expect(beside({ most: 2, always: ['e'] })).toEqual(['b', 'e']));

  it('are of those asked for alone, and never such that have no point or are not known', () => {
    expect(beside({ only: ['d', 'f'], always: ['e'] })).toEqual(['d']);
    expect(beside({ of: ['unknown', 'f'] })).toEqual([]);
  });
});
