import { HOUR_MS } from './durations.js';

/**
 * What to do about an error, decided where it is thrown and carried out in one place (the queue):
 * `later` retries with backoff, `never` gives up at once, `person` gives up and asks for somebody to look.
 */
export type RetryPolicy = 'later' | 'never' | 'person';

/**
 * Nobody can ask for a longer silence: a wish of years, or one that is no date any more, would be the end of
 * a source. Five hours.
 */
export const MOST_ASKED_MS = 5 * HOUR_MS;

/**
 * An error of ours. `kind` is a stable word for logs, the API and tests; `retryAfterMs` is the server's own
 * wish, `status` what it answered by HTTP.
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

/**
 * A document that is not in the form its source had when the parser was written. Nothing of it is stored as
 * calls.
 */
export class ShapeError extends CarnotError {
  constructor(message: string, cause?: unknown) {
    super('ShapeError', message, 'person', { cause });
  }
}

/** Not an error: the work must wait for its turn, which is no failed try. */
export class Postponed extends Error {
  constructor(readonly waitMs: number) {
    super(`postponed by ${waitMs} ms`);
  }
}
