export const BANDS = ['strong', 'possible', 'weak'] as const;
export type Band = (typeof BANDS)[number];

/** From so many points on a match is in the band; scores are calibrated so that this means the same for every profile. */
export const BAND_FROM: Record<Band, number> = { strong: 65, possible: 40, weak: 0 };

/** The band of a score, 0 to 100. */
export const bandOf = (score: number): Band => BANDS.find((band) => score >= BAND_FROM[band]) ?? 'weak';
