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
const above = (spreads: number): number => Math.log1p(Math.exp(STEEPNESS * (spreads - FROM))) / STEEPNESS;
/** The nearness that has such a unit. */
export const nearnessOf = (unit: number): number => FROM + Math.log(Math.expm1(STEEPNESS * unit)) / STEEPNESS;

/** What the whole of a profile's vocabulary counts beside a unit of nearness: vectors blur what the very words keep apart. */
const SHARED = 1;
/** What a call means to a profile: how near it is, and how much of the profile's vocabulary it shares. */
export const meaningUnit = (near: number, shared: number): number => above(near) + SHARED * shared;

/** What words say of a call: the raw score of its phrases, and how much of the profile's vocabulary it holds. */
export interface WordUnits {
  raw: number;
  shared: number;
}

/** What each part says of a call, in units, each 0 or more, in the order of PART_NAMES; written to `into`. */
export function unitsOf(
  embeddings: ProfileEmbeddings,
  call: SeenCall,
  { raw, shared }: WordUnits,
  into = new Float64Array(PART_NAMES.length),
): Float64Array {
  const { unit } = call;
  const centre = unit && embeddings.centre;
  into[0] = raw;
  into[1] = meaningUnit(meaningOf(embeddings, call), shared);
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
