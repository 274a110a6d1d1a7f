import pg from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
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

const connectionOf = async (runner: QueryRunner): Promise<LimitedClient> =>
  (await runner.connect()) as LimitedClient;

/** Waits for answers on this connection without a timeout. */
async function patiently<T>(runner: QueryRunner, work: () => Promise<T>): Promise<T> {
  const connection = await connectionOf(runner);
  const before = connection.patienceMs;
  connection.patienceMs = 0;
  try {
    return await work();
  } finally {
    connection.patienceMs = before;
  }
}

/**
 * Runs a transaction whose statements may take and wait as long as they need: nobody is waiting for it, and
 * if cut off half-way it would only start again. The limit for idle transactions stays.
 */
export function longTransaction<T>(
  database: DataSource,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  return database.transaction((tx) =>
    patiently(tx.queryRunner!, async () => {
      await tx.query('SET LOCAL statement_timeout = 0');
      await tx.query('SET LOCAL lock_timeout = 0');
      return work(tx);
    }),
  );
}

/**
 * Runs a statement outside any transaction that may wait as long as it needs, such as for a lock held during
 * a whole import.
 */
export async function longStatement(
  runner: QueryRunner,
  statement: string,
  values: unknown[],
): Promise<void> {
  await patiently(runner, async () => {
    await runner.query('SET statement_timeout = 0');
    await runner.query('SET lock_timeout = 0');
    try {
      await runner.query(statement, values);
    } finally {
      // The connection goes back to the pool.
      await runner.query('RESET statement_timeout');
      await runner.query('RESET lock_timeout');
    }
  });
}
