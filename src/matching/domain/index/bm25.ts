import { fieldKinds, fieldWeight } from './fields.js';
import { FULL } from './indexed-call.js';
import type { MatchingSettings } from '../scoring/settings.js';
import type { Term } from '../analysis/terms.js';

/** Imaginary calls without the term, so that words can be rare in a small collection too. */
const imagined = 100;

/**
 * Returns how distinctive a term is, 0 to 1: the square of BM25's inverse document frequency (Robertson &
 * Zaragoza 2009, 3.4), divided by that of a term in no call, so that scores mean the same at 100 calls and at
 * 5,000. Squared, because terms found in few calls show more than proportionally what an institute wants. A
 * single word found in many calls is generic and counts 0.
 */
export function idf(
  term: Pick<Term, 'words'>,
  count: number,
  calls: number,
  settings: MatchingSettings,
): number {
  const all = calls + imagined;
  if (term.words === 1 && count > settings.commonWord * all) return 0;
  const idf = (df: number): number => Math.log(1 + (all - df + 0.5) / (df + 0.5));
  return (idf(count) / idf(0)) ** 2;
}

/**
 * Returns the weight of a word by kind of field, by number, per unit of the FULL that it counts at its place
 * (see `weightAt`).
 */
export const fieldWeights = (settings: MatchingSettings): Float64Array =>
  Float64Array.from(fieldKinds, (kind) => fieldWeight(kind, settings) / FULL);

/** BM25F's saturation (Robertson & Zaragoza 2009, 3.6): 0 for none, approaching 1 for many. */
export const saturate = (frequency: number, k1: number): number => frequency / (k1 + frequency);
