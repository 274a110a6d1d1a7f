import { shownScore } from '../../../../kernel/band.js';

/** Removes the rounding error of a sum of many contributions. */
const exact = (sum: number): number => Math.round(sum * 1e9) / 1e9;

/**
 * Returns the shares of a score in whole points that sum to the displayed score. The points left by rounding
 * down go to the largest remainders.
 */
export function wholePoints(shares: number[]): number[] {
  const whole = shares.map(Math.floor);
  const missing = shownScore(exact(shares.reduce((a, b) => a + b, 0))) - whole.reduce((a, b) => a + b, 0);
  const byRest = shares
    .map((share, i) => ({ i, rest: share - (whole[i] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRest.slice(0, missing)) whole[i] = (whole[i] ?? 0) + 1;
  // Math.floor gives -0 for a value just below zero.
  return whole.map((points) => points + 0);
}
