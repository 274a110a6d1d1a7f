import pg from 'pg';
import { isTraced, traced } from '../telemetry/traces.js';
import { Announcer, textOf } from './acting.js';

const SECOND = 1_000;

/**
 * What the server puts an end to by itself, so that nothing of ours holds a connection or a row for ever. Stores of a large source
 * wait for each other and take long; whatever takes longer than this says so (see `withoutLimits`).
 */
export const SERVER_LIMITS = {
  statement_timeout: 60 * SECOND,
  lock_timeout: 30 * SECOND,
  idle_in_transaction_session_timeout: 120 * SECOND,
} as const;

/** A server that is there would have ended the statement long before. */
const SILENCE_MS = SERVER_LIMITS.statement_timeout + 10 * SECOND;
const CONNECT_MS = 5 * SECOND;
/** Of a statement in a trace, in characters. */
const MOST_TEXT = 2_000;
/** As pg says it. */
const SILENT = 'Query read timeout';

/**
 * A connection that is given up when a statement has had no answer for longer than the server itself allows: the other side is gone
 * without a word. Without that the pool would hand it on to whoever comes next.
 */
export class LimitedClient extends pg.Client {
  private readonly announcer = new Announcer();

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
    const answer = this.noted(given);
    if (answer instanceof Promise) {
      answer.catch((error: Error) => {
        if (error.message === SILENT) this.giveUp(error);
      });
    }
    return answer as never;
  }

  /** A statement is part of the trace of what asks for it; what looks for work by itself has none. Its values stand apart from its text. */
  private noted(given: unknown[]): unknown {
    const text = textOf(given[0]);
    if (!isTraced() || text === undefined || typeof given.at(-1) === 'function') return this.announced(given);
    const operation = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'statement';
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MOST_TEXT) };
    return traced({ name: operation, kind: 'CLIENT', attributes }, () => this.announced(given));
  }

  /** Tells the server first for whom it is. What keeps that from passing, a transaction that has failed, keeps the statement from it too. */
  private announced(given: unknown[]): unknown {
    const ask = (): unknown => (super.query as (...all: unknown[]) => unknown).apply(this, given);
    const who = this.announcer.before(given[0]);
    if (who === null) return ask();
    const [statement, values] = [`SELECT set_config('carnot.acting', $1, false)`, [who]];
    if (typeof given.at(-1) === 'function') return super.query(statement, values, () => ask());
    return super.query(statement, values).then(ask, ask);
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

/** What every pool of ours is made with. A connection whose other side has vanished is found out by the system. */
export const POOL_LIMITS = {
  Client: LimitedClient,
  connectionTimeoutMillis: CONNECT_MS,
  keepAlive: true,
  ...SERVER_LIMITS,
} as const;
