import { HOUR_MS } from '../../kernel/durations.js';

/** The history of a source before a run is judged. */
export interface Past {
  /** The number of calls in each of its last good runs, newest first. */
  sizes: number[];
  /** The number of calls last shown that are still before their deadline, or have none. */
  running: number;
  /**
   * The runs since the last good one that were rejected because of their size, newest first, each with its
   * size.
   */
  refused: { at: Date; size: number }[];
  now: Date;
}

export interface SizeRules {
  /** A run smaller than expected by more than this share (0 to 1) is rejected. */
  maxShrink: number;
  /** A run larger than usual by more than this factor is rejected too. */
  maxGrowth: number;
  /** A size seen in this many runs in a row, over this many hours, is accepted in the end. */
  confirmAfterRuns: number;
  confirmAfterHours: number;
}

/**
 * In a small source so few calls are a large share but no sign of a problem: missing calls have their own
 * grace period.
 */
const FEW = 10;
/**
 * Two runs of a source that has really changed are nearly the same size: they differ at most by this share,
 * or by this many rows.
 */
const ALIKE = 0.05;
const ALIKE_ROWS = 2;

function median(sizes: number[]): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Whether the source has had this size for so long that it is no accident. */
function confirms(
  size: number,
  { refused, now }: Past,
  { confirmAfterRuns, confirmAfterHours }: SizeRules,
): boolean {
  // A run of another size ends the series; earlier runs no longer count.
  const other = refused.findIndex((r) => Math.abs(r.size - size) > Math.max(ALIKE * size, ALIKE_ROWS));
  const alike = other === -1 ? refused : refused.slice(0, other);
  return (
    alike.length + 1 >= confirmAfterRuns &&
    now.getTime() - Math.min(...alike.map((r) => r.at.getTime())) >= confirmAfterHours * HOUR_MS
  );
}

/**
 * Returns why a run's size is not accepted; null if it is. Calls that have closed are no loss: fewer are
 * expected if fewer of the known ones are still before their deadline, e.g. after an outage of months.
 */
export function sizeDoubt(size: number, past: Past, rules: SizeRules): string | null {
  if (!past.sizes.length) return null;
  const usual = median(past.sizes);
  if (Math.abs(size - usual) < FEW) return null;
  const least = Math.floor(Math.min(usual, past.running) * (1 - rules.maxShrink));
  if (size >= least && size <= usual * rules.maxGrowth) return null;
  if (confirms(size, past, rules)) return null;
  return size < least
    ? `it holds ${size} calls where its last good runs held about ${usual}, and ${past.running} of those are still before their deadline`
    : `it holds ${size} calls where its last good runs held about ${usual}`;
}
