import { defer, lastValueFrom, retry, timer } from 'rxjs';
import type { Logger } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { SECOND_MS } from '../kernel/durations.js';
import { CarnotError } from '../kernel/errors.js';
import { SENDING_MS, waitAfter } from './domain/tries.js';

const LONGEST_WAIT_MS = 5 * SECOND_MS;
/**
 * About a quarter of an hour: longer than a database is away while it restarts, moves, or replays its log
 * after a crash.
 */
const MOST_TRIES = 180;

/**
 * Records that a message was sent, however long the database is away: a sent message without a record is sent
 * again once its sender is considered dead. While nobody can record it, nobody can take it over either.
 * Throws the last error if it cannot be recorded at all.
 */
const untilNoted = (note: () => Promise<void>): Promise<void> =>
  lastValueFrom(
    defer(note).pipe(
      retry({
        count: MOST_TRIES - 1,
        delay: (_, tries) => timer(Math.min(tries * SECOND_MS, LONGEST_WAIT_MS)),
      }),
    ),
  );

/** A claimed entry of an outbox: how to send it, and where to record the result. */
interface Attempt {
  name: string;
  /** The number of tries, including this one, and the wait after each. */
  attempts: number;
  waits: readonly number[];
  /** Resolves once the other side has accepted it. */
  send(): Promise<{ where: string }>;
  accepted(where: string): Promise<void>;
  /** Returns what may be logged and stored about a failure. */
  wordsOf(error: Error): string;
  /**
   * Records a failure: it is retried after `waitMs`, or given up if null. Returns any other consequence, for
   * the log.
   */
  refused(error: Error, words: string, waitMs: number | null): Promise<string | void>;
}

/** A receiver that never finishes must not hold an entry after another process may have claimed it. */
const inTime = <T>(sending: Promise<T>): Promise<T> =>
  pTimeout(sending, {
    milliseconds: SENDING_MS,
    message: new CarnotError('Timeout', `not sent within ${SENDING_MS / 1_000} seconds`, 'later'),
  });

/**
 * Records the retry in the outbox, so that messages survive any queue. Only a refusal of this entry or its
 * address is final.
 */
async function refused(log: Logger, attempt: Attempt, error: Error): Promise<void> {
  const ours = error instanceof CarnotError ? error : null;
  const waitMs =
    ours?.retryPolicy === 'never'
      ? null
      : waitAfter(attempt.attempts, attempt.waits, Math.random(), ours?.details.retryAfterMs);
  const words = attempt.wordsOf(error);
  const next =
    (await attempt.refused(error, words, waitMs)) ??
    (waitMs === null ? 'given up' : `next try in ${Math.round(waitMs / 1_000)} s`);
  log.warn(`${attempt.name} was not sent: ${words}; ${next}`);
}

/**
 * Tries once to send a claimed entry and records the result: as sent only if the other side has accepted it,
 * otherwise when to retry.
 */
export async function tryToSend(log: Logger, attempt: Attempt): Promise<void> {
  let where: string;
  try {
    ({ where } = await inTime(attempt.send()));
  } catch (error) {
    return refused(log, attempt, error as Error);
  }
  // Separate from sending: a failure of our database must not look like a failed delivery.
  await untilNoted(() => attempt.accepted(where));
}
