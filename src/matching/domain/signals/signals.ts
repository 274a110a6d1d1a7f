import { nearness } from '../semantic/nearness.js';
import {
  meaningOf,
  nearestOf,
  yearless,
  type ProfileEmbeddings,
  type SeenMeaning,
} from '../semantic/profile-embeddings.js';
import type { PartWeights } from './weights.js';

export type PartName = Exclude<keyof PartWeights, 'steepness'>;
/** In the order of their numbers. */
export const PART_NAMES: readonly PartName[] = ['words', 'meaning', 'record', 'nearest', 'editions'];

/** A call as its parts are scored: what it means, and its identifier. */
export interface SeenCall extends SeenMeaning {
  identifier: string | null;
}

/** The unit of a nearness, in spreads. From about one spread above the usual on nearness counts in full; below, ever less, and never nothing, so that no two calls tie. */
const [FROM, STEEPNESS] = [1, 1.5];
export const above = (spreads: number): number =>
  Math.log1p(Math.exp(STEEPNESS * (spreads - FROM))) / STEEPNESS;
/** The nearness that has such a unit. */
export const nearnessOf = (unit: number): number => FROM + Math.log(Math.expm1(STEEPNESS * unit)) / STEEPNESS;

/** What each part says of a call (of its words, their raw score), in units, each 0 or more, in the order of PART_NAMES; written to `into`. */
export function unitsOf(
  embeddings: ProfileEmbeddings,
  call: SeenCall,
  words: number,
  into = new Float64Array(PART_NAMES.length),
): Float64Array {
  const { unit } = call;
  const centre = unit && embeddings.centre;
  into[0] = words;
  into[1] = above(meaningOf(embeddings, call));
  into[2] = centre ? above(nearness(centre, unit)) : 0;
  into[3] = centre ? above(nearestOf(embeddings, unit)) : 0;
  into[4] =
    call.identifier !== null &&
    embeddings.editions.size > 0 &&
    embeddings.editions.has(yearless(call.identifier))
      ? 1
      : 0;
  return into;
}
