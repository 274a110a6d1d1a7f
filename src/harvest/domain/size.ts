import { HOUR_MS } from '../../kernel/durations.js';

/** What is known of a source before a run is judged. */
export interface Past {
  /** How many calls each of its last good runs held, newest first. */
  sizes: number[];
  /** How many of the calls that it showed last are still before their deadline, or have none. */
  running: number;
  /**
   * The runs since the last good one that were not accepted for their size, newest first, and the size that
   * each had.
   */
  refused: { at: Date; size: number }[];
  now: Date;
}

export interface SizeRules {
  /** A run that holds this share less than expected, of 1, is not accepted. */
  maxShrink: number;
  /** One that holds this many times as much is not either. */
  maxGrowth: number;
  /** What so many runs in a row say, over so many hours, is accepted in the end. */
  confirmAfterRuns: number;
  confirmAfterHours: number;
}

/**
 * In a small source so few calls are a large share, and no sign of anything: a call that is missing has its
 * own patience.
 */
const FEW = 10;
/**
 * Two runs of a source that has really changed hold nearly the same: up to this share, or so few rows, more
 * or less.
 */
const ALIKE = 0.05;
const ALIKE_ROWS = 2;

function median(sizes: number[]): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Whether the source has said the same for so long that it is its new size and no accident. */
function confirms(
  size: number,
  { refused, now }: Past,
  { confirmAfterRuns, confirmAfterHours }: SizeRules,
): boolean {
  // One that said something else ends the row; what was said before it counts no more.
  const other = refused.findIndex((r) => Math.abs(r.size - size) > Math.max(ALIKE * size, ALIKE_ROWS));
  const alike = other === -1 ? refused : refused.slice(0, other);
  return (
    alike.length + 1 >= confirmAfterRuns &&
    now.getTime() - Math.min(...alike.map((r) => r.at.getTime())) >= confirmAfterHours * HOUR_MS
  );
}

/**
 * Why a run's size is not accepted, null where it is. Calls that closed meanwhile are no loss: less is
 * expected where fewer of the known ones are still before their deadline, as after a stop of months.
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
