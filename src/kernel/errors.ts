import { HOUR_MS } from './durations.js';

/**
 * What to do about an error, set where it is thrown and carried out in one place (the queue):
 * `later` retries with backoff, `never` gives up at once, `person` gives up and asks someone to look.
 */
export type RetryPolicy = 'later' | 'never' | 'person';

/** The longest pause that a server may ask for: five hours. Years, or an invalid date, would end a source. */
export const MOST_ASKED_MS = 5 * HOUR_MS;

/**
 * An error of ours. `kind` is a stable word for logs, the API and tests; `retryAfterMs` is the delay that the
 * server asked for, `status` its HTTP status.
 */
export class CarnotError extends Error {
  constructor(
    readonly kind: string,
    message: string,
    readonly retryPolicy: RetryPolicy,
    readonly details: { retryAfterMs?: number; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = kind;
  }
}

/** A document whose format is not the one that the parser was written for. None of it is stored as calls. */
export class ShapeError extends CarnotError {
  constructor(message: string, cause?: unknown) {
    super('ShapeError', message, 'person', { cause });
  }
}

/** Not an error: the work must wait its turn, which does not count as a failed attempt. */
export class Postponed extends Error {
  constructor(readonly waitMs: number) {
    super(`postponed by ${waitMs} ms`);
  }
}
