import { MINUTE_MS } from '../../kernel/durations.js';

const LONGEST_MS = 12 * 60 * MINUTE_MS;

/** The pause after a run that said nothing of its source. */
export const SOON_MS = 5 * MINUTE_MS;

/**
 * The pause after a run that brought nothing: five minutes, doubled with each in a row, twelve hours at the
 * most.
 */
export const pauseMs = (failures: number): number => Math.min(SOON_MS * 2 ** failures, LONGEST_MS);

/**
 * A source that is read every so many hours is never due later than so: where it says it is, the clock that
 * said so was ahead, and was set back.
 */
export const latestDueMs = (everyHours: number): number =>
  Math.max(everyHours * 60 * MINUTE_MS, LONGEST_MS) + MINUTE_MS;
