/**
 * The unit of a nearness, in spreads. From about one spread above the usual on nearness counts in full;
 * below, ever less, and never nothing, so that no two calls tie.
 */
const [FROM, STEEPNESS] = [1, 1.5];
export const nearnessUnit = (spreads: number): number =>
  Math.log1p(Math.exp(STEEPNESS * (spreads - FROM))) / STEEPNESS;
/** The nearness that has such a unit. */
export const nearnessOf = (unit: number): number => FROM + Math.log(Math.expm1(STEEPNESS * unit)) / STEEPNESS;

/**
 * What the whole of a profile's vocabulary counts beside a unit of nearness: vectors blur what the very words
 * keep apart.
 */
const SHARED = 1;
/** What a call means to a profile: how near it is, and how much of the profile's vocabulary it shares. */
export const meaningUnit = (near: number, shared: number): number => nearnessUnit(near) + SHARED * shared;
