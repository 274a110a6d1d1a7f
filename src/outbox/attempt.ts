import type { Logger } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { CarnotError } from '../kernel/errors.js';
import { untilNoted } from '../platform/mail/until-noted.js';
import { SENDING_MS, waitAfter } from './domain/tries.js';

/** Something of an outbox that was claimed: how it is sent, and where it is noted what became of it. */
export interface Attempt {
  /** What it is called in the log. */
  name: string;
  /** How often it was tried, this try included, and how long is waited after each. */
  attempts: number;
  waits: readonly number[];
  /** Resolves once the other side has accepted it. */
  send(): Promise<{ where: string }>;
  accepted(where: string): Promise<void>;
  /** What may be logged and kept of a failure. */
  wordsOf(error: Error): string;
  /**
   * It did not leave: it is tried again after `waitMs`, or given up where that is null. Gives what else comes
   * of it, for the log.
   */
  refused(error: Error, words: string, waitMs: number | null): Promise<string | void>;
}

/** A side that never ends must not keep something for itself after another process may have taken it. */
const inTime = <T>(sending: Promise<T>): Promise<T> =>
  pTimeout(sending, {
    milliseconds: SENDING_MS,
    message: new CarnotError('Timeout', `not sent within ${SENDING_MS / 1_000} seconds`, 'later'),
  });

/**
 * The outbox remembers when to try again, so that what leaves outlives any queue. Only a refusal of this very
 * thing, or of its address, is final.
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
 * Tries once to send something that was claimed, and notes it: as sent only when the other side has accepted
 * it, else when it is tried again.
 */
export async function tryToSend(log: Logger, attempt: Attempt): Promise<void> {
  let where: string;
  try {
    ({ where } = await inTime(attempt.send()));
  } catch (error) {
    return refused(log, attempt, error as Error);
  }
  // Apart from the sending: that our database failed must not be taken for something that did not leave.
  await untilNoted(() => attempt.accepted(where));
}
