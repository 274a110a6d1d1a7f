import { HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';

const LONGEST_MS = 12 * HOUR_MS;

/** The pause after a run that says nothing about its source. */
export const SOON_MS = 5 * MINUTE_MS;

/**
 * Returns the pause after a failed run: five minutes, doubled with each failure in a row, at most twelve
 * hours.
 */
export const pauseMs = (failures: number): number => Math.min(SOON_MS * 2 ** failures, LONGEST_MS);

/**
 * Returns the latest plausible due time of a source, from now. A later one was set while the clock was ahead.
 */
export const latestDueMs = (everyHours: number): number =>
  Math.max(everyHours * HOUR_MS, LONGEST_MS) + MINUTE_MS;
