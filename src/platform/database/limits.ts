import pg from 'pg';
import { noteIfFull } from './disk-full.js';
import { SECOND_MS } from '../../kernel/durations.js';

/**
 * What the server puts an end to by itself, so that nothing of ours holds a connection or a row for ever.
 * Stores of a large source wait for each other and take long; whatever takes longer than this says so (see
 * `withoutLimits`).
 */
export const SERVER_LIMITS = {
  statement_timeout: 60 * SECOND_MS,
  lock_timeout: 30 * SECOND_MS,
  idle_in_transaction_session_timeout: 120 * SECOND_MS,
} as const;

/** A server that is there would have ended the statement long before. */
const SILENCE_MS = SERVER_LIMITS.statement_timeout + 10 * SECOND_MS;
const CONNECT_MS = 5 * SECOND_MS;
/** As pg says it. */
const SILENT = 'Query read timeout';

/**
 * A connection that is given up when a statement has had no answer for longer than the server itself allows:
 * the other side is gone without a word. Without that the pool would hand it on to whoever comes next.
 */
export class LimitedClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    super({ query_timeout: SILENCE_MS, ...config });
  }

  /** How long it waits for an answer; zero: for ever. */
  set patienceMs(ms: number) {
    this.parameters.query_timeout = ms;
  }

  get patienceMs(): number {
    return this.parameters.query_timeout;
  }

  // What pg takes has nine forms, and all of them are handed on as they are.
  override query(...given: unknown[]): never {
    const answer = this.sent(given);
    if (answer instanceof Promise) {
      answer.catch((error: Error) => {
        noteIfFull('database', error);
        if (error.message === SILENT) this.giveUp(error);
      });
    }
    return answer as never;
  }

  protected sent(given: unknown[]): unknown {
    return (super.query as (...all: unknown[]) => unknown).apply(this, given);
  }

  /** Whoever holds it hears of it before the one who asked does, and lets it go for good. */
  private giveUp(error: Error): void {
    if (this.listenerCount('error') > 0) this.emit('error', error);
    this.stream.destroy();
  }

  private get parameters(): { query_timeout: number } {
    return (this as unknown as { connectionParameters: { query_timeout: number } }).connectionParameters;
  }

  private get stream(): { destroy: () => void } {
    return (this as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream;
  }
}

/**
 * What every pool of ours is made with. A connection whose other side has vanished is found out by the
 * system.
 */
export const POOL_LIMITS = {
  Client: LimitedClient,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  ...SERVER_LIMITS,
} as const;
