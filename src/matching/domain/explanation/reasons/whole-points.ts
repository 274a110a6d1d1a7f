import { shownScore } from '../../../../kernel/band.js';

/** What many contributions are added up to is a hair beside it. */
const exact = (sum: number): number => Math.round(sum * 1e9) / 1e9;

/**
 * Shares of a score in whole points, of which as many are given out as the whole is shown with: what is shown
 * sums to the score that is shown. The largest remainders get the points that rounding down leaves.
 */
export function wholePoints(shares: number[]): number[] {
  const whole = shares.map(Math.floor);
  const missing = shownScore(exact(shares.reduce((a, b) => a + b, 0))) - whole.reduce((a, b) => a + b, 0);
  const byRest = shares
    .map((share, i) => ({ i, rest: share - (whole[i] ?? 0) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of byRest.slice(0, missing)) whole[i] = (whole[i] ?? 0) + 1;
  // Math.floor gives -0 for what is a hair below nothing.
  return whole.map((points) => points + 0);
}
