import { nearness } from './meaning/nearness.js';
import { meaningOf, nearestOf, yearless, type ProfileSights } from './meaning/profile-sights.js';
import type { PartWeights } from './weights.js';

export type PartName = Exclude<keyof PartWeights, 'steepness'>;
/** In the order of their numbers. */
export const PART_NAMES: readonly PartName[] = ['words', 'meaning', 'record', 'nearest', 'editions'];

/** A call as its parts are scored: its vector, and its identifier. */
export interface SeenCall {
  unit: Float32Array | null;
  identifier: string | null;
}

/** From about one spread above the usual on nearness counts in full; below, ever less, and never nothing, so that no two calls tie. */
const [FROM, STEEPNESS] = [1, 1.5];
export const above = (spreads: number): number => Math.log1p(Math.exp(STEEPNESS * (spreads - FROM))) / STEEPNESS;

