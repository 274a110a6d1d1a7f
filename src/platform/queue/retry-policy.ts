import { MINUTE_MS } from '../../kernel/durations.js';
import { CarnotError, MOST_ASKED_MS } from '../../kernel/errors.js';

const FIRST_MS = 500;
const MOST_MS = 5 * MINUTE_MS;
/** A longer wait is left to the next piece of work, as this one would be given up meanwhile. */
const MOST_WAITED_MS = 10 * MINUTE_MS;

/**
 * Returns the milliseconds until the next attempt: what the other side asked for and a little more, else
 * exponential from half a second to five minutes. Half of it is jitter, so that many jobs that failed
 * together do not come back together.
 */
export function backoffMs(
  attemptsMade: number,
  error: Error | undefined,
  random: () => number = Math.random,
): number {
  const asked = error instanceof CarnotError ? error.details.retryAfterMs : undefined;
  // A requested wait of zero, or until a past moment, counts as none; a negative one ends the job.
  if (asked !== undefined && asked > 0)
    return Math.min(asked, MOST_ASKED_MS) + Math.round(random() * FIRST_MS);
  const most = Math.min(FIRST_MS * 2 ** attemptsMade, MOST_MS);
  return Math.round(most / 2 + (random() * most) / 2);
}

/**
 * Whether there is no further attempt: the error says so, the other side wants a long pause, or the attempts
 * are used up.
 */
export function isFinal(error: Error, attempt: number, attempts: number): boolean {
  const ours = error instanceof CarnotError ? error : null;
  return (
    (ours !== null && ours.retryPolicy !== 'later') ||
    (ours?.details.retryAfterMs ?? 0) > MOST_WAITED_MS ||
    attempt >= attempts
  );
}
