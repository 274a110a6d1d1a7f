import type { MatchScore } from './match.js';
import type { Beside, RankedCall, Wanted } from './ranked.js';
import type { Steps } from './steps.js';

/** Calls examined per step. */
export const AT_A_TIME = 200;

/** The score of a single call: its points (0 if unknown), and its match. */
interface Measured {
  points: (id: string) => number;
  match: (id: string) => MatchScore;
}

/** Returns the calls of `always` and the best of `of` that are not ranked yet, whatever their score. */
export function* besideRanked(
  ranked: readonly RankedCall[],
  { of, most, always, only }: Beside & Pick<Wanted, 'only'>,
  { points, match }: Measured,
): Steps<RankedCall[]> {
  const scores: { id: string; score: number }[] = [];
  let looked = 0;
  for (const id of new Set([...of, ...always])) {
    const score = !only || only.has(id) ? points(id) : 0;
    if (score > 0) scores.push({ id, score });
    looked += 1;
    if (looked % AT_A_TIME === 0) yield;
  }
  const best = scores.sort((a, b) => b.score - a.score).filter(({ id }, i) => i < most || always.has(id));
  const known = new Set(ranked.map(({ id }) => id));
  const beside: RankedCall[] = [];
  for (const { id } of best) {
    if (known.has(id)) continue;
    beside.push({ id, match: match(id) });
    yield;
  }
  return beside.filter(({ match: { score } }) => score > 0);
}
