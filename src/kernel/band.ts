export const BANDS = ['strong', 'possible', 'uncertain', 'weak'] as const;
export type Band = (typeof BANDS)[number];

/** The lowest score of each band; scores are calibrated so that a band means the same for every profile. */
export const BAND_FROM: Record<Band, number> = { strong: 65, possible: 50, uncertain: 40, weak: 0 };

/** Whether rounding lifts a score to a bound that it does not reach: one of a band, or one in `least`. */
const reached = (score: number, shown: number, least: number[]): boolean =>
  ![...Object.values(BAND_FROM), ...least].some((bound) => bound > 0 && score < bound && shown >= bound);

/**
 * Returns a score as shown to people: rounded, but never up to a bound that it does not reach, so that 39.6
 * is not shown as 40 next to "weak". `least` is the score from which calls are announced, if the text
 * mentions it.
 */
export function shownScore(
  score: number,
  { digits = 0, least }: { digits?: 0 | 1; least?: number } = {},
): number {
  const grain = 10 ** digits;
  const rounded = Math.round(score * grain) / grain;
  return reached(score, rounded, least === undefined ? [] : [least])
    ? rounded
    : Math.floor(score * grain) / grain;
}

/** Returns the band of a score from 0 to 100. */
export const bandOf = (score: number): Band => BANDS.find((band) => score >= BAND_FROM[band]) ?? 'weak';

/** The highest score at which lists begin. */
export const LISTED_FROM = 20;
/**
 * Returns the score from which lists show matches, and these are stored; others are computed when they are
 * asked for. `minScore`: the lowest of calls that are sent, below which there has to be room for a look.
 */
export const listedFrom = (minScore: number): number => Math.min(LISTED_FROM, minScore / 2);
