import type { CodesOf, Facts, FactsOf } from '../i18n/message.js';
import type { problemsTexts } from '../i18n/problems.js';
import { HOUR_MS } from './durations.js';
import type { FieldIssue } from './issues.js';

/**
 * What to do about an error, set where it is thrown and carried out in one place (the queue):
 * `later` retries with backoff, `never` gives up at once, `person` gives up and asks someone to look.
 */
export type RetryPolicy = 'later' | 'never' | 'person';

/** The longest pause that a server may ask for: five hours. Years, or an invalid date, would end a source. */
export const MOST_ASKED_MS = 5 * HOUR_MS;

/** When to try again what cannot be done at the moment. */
const SOON_SECONDS = 10;

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

type ProblemTexts = typeof problemsTexts;
export type ProblemCode = CodesOf<'problem', ProblemTexts>;

/**
 * Why something that was asked for cannot be done. The code finds the sentence in the reader's language, with
 * the facts in it (`src/i18n/problems.ts`); the class is its HTTP status and its retry policy.
 */
export abstract class DomainError<Code extends ProblemCode = ProblemCode> extends CarnotError {
  abstract readonly status: number;
  /** Tells apart what a program has to treat in its own way (RFC 9457, 3.1.1). */
  readonly type: string = 'about:blank';
  readonly code: Code;
  readonly facts: Facts;

  constructor(code: Code, ...[facts = {}]: FactsOf<ProblemTexts[`problem.${Code}`]['en']>) {
    super(
      code,
      [code, ...Object.entries(facts).map(([name, value]) => `${name}: ${value}`)].join(', '),
      'never',
    );
    this.code = code;
    this.facts = facts;
  }
}

export class BadRequest<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 400;
}
export class Unauthorized<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 401;
}
export class Forbidden<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 403;
}
export class NotFound<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 404;
}
export class Conflict<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 409;
}
export class Gone<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 410;
}
export class TooLarge<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 413;
}
export class UnsupportedMedia<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 415;
}
export class TooManyRequests<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status = 429;
  override readonly retryPolicy = 'later';
  readonly retryAfterSeconds: number = SOON_SECONDS;
}
export class Unavailable<Code extends ProblemCode = ProblemCode> extends DomainError<Code> {
  readonly status: number = 503;
  override readonly retryPolicy = 'later';
  readonly retryAfterSeconds: number = SOON_SECONDS;
}

/** Input that violates its schema, or a rule beyond it. */
export class Invalid extends BadRequest<'invalid'> {
  constructor(readonly issues: readonly FieldIssue[]) {
    super('invalid');
  }
}

/** A path parameter that violates its schema: nothing can be at this address. */
export class BadAddress extends Invalid {
  constructor(
    readonly parameter: string,
    issues: readonly FieldIssue[],
  ) {
    super(issues);
  }
}
