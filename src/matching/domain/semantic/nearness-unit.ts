/**
 * The unit of a nearness in spreads. From about one spread above the usual it grows linearly; below, it falls
 * towards 0 without reaching it, so that no two calls tie.
 */
const [FROM, STEEPNESS] = [1, 1.5];
export const nearnessUnit = (spreads: number): number =>
  Math.log1p(Math.exp(STEEPNESS * (spreads - FROM))) / STEEPNESS;
/** Returns the nearness with this unit. */
export const nearnessOf = (unit: number): number => FROM + Math.log(Math.expm1(STEEPNESS * unit)) / STEEPNESS;

/**
 * The weight of the whole of a profile's vocabulary, relative to a unit of nearness: vectors blur
 * distinctions that the exact words preserve.
 */
const SHARED = 1;
/** Returns the meaning unit of a call: its nearness, and its share of the profile's vocabulary. */
export const meaningUnit = (near: number, shared: number): number => nearnessUnit(near) + SHARED * shared;
