import type { MatchScore } from './match.js';
import type { RankedCall, Wanted } from './ranked.js';
import type { Steps } from './steps.js';

/** Calls that are looked at in one step. */
export const AT_A_TIME = 200;

/** How a call does by itself: its points (0 where it is not known), and its match. */
interface Measured {
  points: (id: string) => number;
  match: (id: string) => MatchScore;
}

/** The best calls of a set that are not among those ranked, whatever they have. */
export function* besideRanked(
  ranked: readonly RankedCall[],
  { of, most, only }: NonNullable<Wanted['also']> & Pick<Wanted, 'only'>,
  { points, match }: Measured,
): Steps<RankedCall[]> {
  const scores: { id: string; score: number }[] = [];
  for (const id of of) {
    if (only && !only.has(id)) continue;
    scores.push({ id, score: points(id) });
    if (scores.length % AT_A_TIME === 0) yield;
  }
  const known = new Set(ranked.map(({ id }) => id));
  const beside: RankedCall[] = [];
  for (const { id, score } of scores.sort((a, b) => b.score - a.score).slice(0, most)) {
    if (score === 0 || known.has(id)) continue;
    beside.push({ id, match: match(id) });
    yield;
  }
  return beside.filter(({ match: { score } }) => score > 0);
}
