import pg from 'pg';
import { noteIfFull } from './disk-full.js';
import { SECOND_MS } from '../../kernel/durations.js';

/**
 * Limits enforced by the server, so that nothing of ours holds a connection or a row for ever. Imports of a
 * large source wait for each other and take long; whatever takes longer than this must opt out (see
 * `longTransaction`).
 */
export const SERVER_LIMITS = {
  statement_timeout: 60 * SECOND_MS,
  lock_timeout: 30 * SECOND_MS,
  idle_in_transaction_session_timeout: 120 * SECOND_MS,
} as const;

/** A live server would have ended the statement long before. */
const SILENCE_MS = SERVER_LIMITS.statement_timeout + 10 * SECOND_MS;
const CONNECT_MS = 5 * SECOND_MS;
/** pg's own message. */
const SILENT = 'Query read timeout';

/**
 * A connection that is dropped if a statement has had no answer for longer than the server itself allows: the
 * other side is gone without notice. Otherwise the pool would hand it to the next caller.
 */
export class LimitedClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    super({ query_timeout: SILENCE_MS, ...config });
  }

  /** How long it waits for an answer; zero means for ever. */
  set patienceMs(ms: number) {
    this.parameters.query_timeout = ms;
  }

  get patienceMs(): number {
    return this.parameters.query_timeout;
  }

  // pg's `query` has nine overloads, and all arguments are passed on unchanged.
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

  /** The connection's holder hears of it before the caller, and drops it for good. */
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

/** How many heavy answers (sheets, documents) a process makes at a time. */
export const HEAVY_AT_ONCE = 2;
/**
 * The connections of a process: ten for pages and jobs, however many heavy answers are being made, and the
 * three that each of those takes at most.
 */
export const POOL_SIZE = 10 + HEAVY_AT_ONCE * 3;

/** Options of every pool of ours. With keep-alive, the system detects that the other side has vanished. */
export const POOL_LIMITS = {
  Client: LimitedClient,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  ...SERVER_LIMITS,
} as const;
