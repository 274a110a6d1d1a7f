export const BANDS = ['strong', 'possible', 'uncertain', 'weak'] as const;
export type Band = (typeof BANDS)[number];

/**
 * From so many points on a match is in the band; scores are calibrated so that this means the same for every
 * profile.
 */
export const BAND_FROM: Record<Band, number> = { strong: 65, possible: 50, uncertain: 40, weak: 0 };

/**
 * The bounds that a score must not be shown to reach where it does not: those of the bands, and others by
 * which is decided.
 */
const reached = (score: number, shown: number, least: number[]): boolean =>
  ![...Object.values(BAND_FROM), ...least].some((bound) => bound > 0 && score < bound && shown >= bound);

/**
 * A score as people read it, wherever they do: rounded, but never up to a bound that it does not reach, so
 * that 39.6 does not stand as 40 beside "weak". `least` is the score from which on calls are told, where that
 * is spoken of.
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

/** The band of a score, 0 to 100. */
export const bandOf = (score: number): Band => BANDS.find((band) => score >= BAND_FROM[band]) ?? 'weak';
