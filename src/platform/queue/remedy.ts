import { CarnotError } from '../../domain/errors.js';

const FIRST_MS = 500;
const MOST_MS = 5 * 60_000;
const MOST_ASKED_MS = 5 * 60 * 60_000;

/**
 * Milliseconds until the next try: what the other side asked for and a little more, else exponential from half a second
 * to five minutes. Half of it is jitter, so that many jobs that failed together do not come back together.
 */
export function backoffMs(attemptsMade: number, error: Error | undefined, random: () => number = Math.random): number {
  const asked = error instanceof CarnotError ? error.details.retryAfterMs : undefined;
  // A wish of zero, or for a moment that has passed, is none; and a negative wait would tell the queue to give up.
  if (asked !== undefined && asked > 0) return Math.min(asked, MOST_ASKED_MS) + Math.round(random() * FIRST_MS);
  const most = Math.min(FIRST_MS * 2 ** attemptsMade, MOST_MS);
  return Math.round(most / 2 + (random() * most) / 2);
}

/** Whether there is no further try: the error says so, or the tries are used up. */
export function isFinal(error: Error, attempt: number, attempts: number): boolean {
  return (error instanceof CarnotError && error.remedy !== 'later') || attempt >= attempts;
}
