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
