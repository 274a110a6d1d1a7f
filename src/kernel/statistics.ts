/** The spread of counts. Quantiles use the nearest rank, so each is one of the counts. Null without any. */
export interface Spread {
  median: number | null;
  p90: number | null;
  most: number | null;
  mean: number | null;
}

export function spreadOf(counts: number[]): Spread {
  const sorted = [...counts].sort((a, b) => a - b);
  const rank = (share: number): number | null =>
    sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  const sum = sorted.reduce((all, n) => all + n, 0);
  return {
    median: rank(0.5),
    p90: rank(0.9),
    most: sorted.at(-1) ?? null,
    mean: sorted.length ? Math.round((100 * sum) / sorted.length) / 100 : null,
  };
}

/** The fewest cases for a rate: with fewer, one case more or less would change it too much. */
export const LEAST_CASES = 10;

/** A share of cases from 0 to 1, with its 95 % confidence interval; all three null for too few cases. */
export interface Rate {
  hits: number;
  /** The number of cases that it is based on. */
  of: number;
  rate: number | null;
  low: number | null;
  high: number | null;
}

const Z = 1.96;

/**
 * Returns Wilson's interval for a share, which also holds for few cases (E. B. Wilson, 1927). With no cases
 * it is 0 to 1.
 */
export function intervalOf(hits: number, of: number): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const p = hits / of;
  const centre = p + (Z * Z) / (2 * of);
  const spread = Z * Math.sqrt((p * (1 - p)) / of + (Z * Z) / (4 * of * of));
  const whole = 1 + (Z * Z) / of;
  return { low: Math.max(0, (centre - spread) / whole), high: Math.min(1, (centre + spread) / whole) };
}

/** Returns a rate with its interval; all null for too few cases. */
export const rateOf = (hits: number, of: number): Rate =>
  of < LEAST_CASES
    ? { hits, of, rate: null, low: null, high: null }
    : { hits, of, rate: hits / of, ...intervalOf(hits, of) };
