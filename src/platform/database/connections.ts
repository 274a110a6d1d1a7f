import pg from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { LRUCache } from 'lru-cache';
import { noteIfFull } from './disk-full.js';
import { SECOND_MS } from '../../kernel/durations.js';
import { requestContext, type RequestContext, NO_ROWS } from './request-context.js';
import { isTraced, traced } from '../telemetry/traces.js';

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

/** Returns the configuration of a statement, as a copy; null for what submits itself, such as a COPY. */
function configOf(what: unknown): pg.QueryConfig | null {
  if (typeof what === 'string') return { text: what };
  const isConfig = typeof what === 'object' && what !== null && !('submit' in what);
  return isConfig ? { ...(what as pg.QueryConfig) } : null;
}

/**
 * A connection that is dropped if a statement has had no answer for longer than the server itself allows: the
 * other side is gone without notice. Otherwise the pool would hand it to the next caller.
 */
export class LimitedClient extends pg.Client {
  /** How long it waits for an answer; zero means for ever. */
  patienceMs: number;

  constructor({ query_timeout = SILENCE_MS, ...config }: pg.ClientConfig = {}) {
    super(config);
    this.patienceMs = query_timeout;
  }

  // pg's `query` has nine overloads, whose arguments are passed on.
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

  protected sent([what, ...rest]: unknown[]): unknown {
    const config = configOf(what);
    const query = config ? { ...config, query_timeout: this.patienceMs } : what;
    return (super.query as (...all: unknown[]) => unknown).call(this, query, ...rest);
  }

  /** The connection's holder hears of it before the caller, and drops it for good. */
  private giveUp(error: Error): void {
    if (this.listenerCount('error') > 0) this.emit('error', error);
    this.connection.stream.destroy();
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

/** A statement that may write, or that calls a function that does. */
const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|WITH|MERGE)\b|\baudit_note\b/i;
/** The begin or end of a transaction: a value set inside one is lost if it fails. */
const TURNS = /^\s*(BEGIN|START|COMMIT|END|ROLLBACK)\b(\s+TO\b)?/i;
/** A statement that reads and writes no row. */
const ROWLESS = /^\s*(?:SET|RESET|SHOW|SAVEPOINT|RELEASE|LISTEN|UNLISTEN|NOTIFY)\b/i;

type Settings = Partial<
  Record<'carnot.context' | 'carnot.institute' | 'carnot.inside' | 'carnot.since', string>
>;

/** What the server knows of the context of a connection's statements. */
export class SessionScope {
  /** The values last set on the server; empty if uncertain. */
  private set: Settings = {
    'carnot.context': '',
    'carnot.institute': '',
    'carnot.inside': '',
    'carnot.since': '',
  };
  /** Whether they were set in the open transaction, and would be lost with it. */
  private setInside = false;
  private inTransaction = false;

  /** Returns what has to be set before a statement of this context; null if the server knows it already. */
  missing(statement: string, who: RequestContext | undefined): Settings | null {
    const turn = TURNS.exec(statement);
    if (turn) this.turn(turn[1]!.toUpperCase(), turn[2] !== undefined);
    if (turn || ROWLESS.test(statement)) return null;
    const sees = who?.rows ?? NO_ROWS;
    const now: Settings = {
      'carnot.institute': sees.institute,
      'carnot.inside': sees.inside,
      'carnot.since': sees.since ?? '',
      ...(WRITES.test(statement) && {
        'carnot.context': who ? JSON.stringify({ ...who, work: undefined, rows: undefined }) : '',
      }),
    };
    const missing = Object.entries(now).filter(([name, value]) => this.set[name as keyof Settings] !== value);
    return missing.length ? Object.fromEntries(missing) : null;
  }

  wasSet(settings: Settings): void {
    this.set = { ...this.set, ...settings };
    this.setInside ||= this.inTransaction;
  }

  /** Setting them failed, which may have ended the transaction that others were set in. */
  wasNotSet(): void {
    this.set = {};
  }

  private turn(word: string, toSavepoint: boolean): void {
    if (this.setInside) this.set = {};
    this.setInside = false;
    this.inTransaction = toSavepoint || word === 'BEGIN' || word === 'START';
  }
}

/** A statement executed this often on a connection is worth planning once. */
const OFTEN = 5;
/** The most plans kept per connection by the server, about 40 kB each. */
const MOST_PREPARED = 150;
/** How many rarer texts are remembered: some are new for each request. */
const MOST_COUNTED = 500;
/** A longer text, such as a list of thousands of keys, hardly ever returns. */
const LONGEST = 10_000;
/** Certainly one statement: a text without values could be several. */
const ONE_READING = /^\s*(?:SELECT|WITH)\b[^;]*$/i;
/**
 * The server's codes for a prepared plan that is no longer valid: the type of a result or a parameter has
 * changed, or it is gone. If a migration changes the type of a column, a value may be refused instead
 * (22P02), just like one that was always wrong: processes of the previous version must stop.
 */
const STALE = new Set(['0A000', '42883', '42804', '26000']);

/**
 * The names under which a connection prepares its most frequent statements. Planning one with row-level
 * security takes the server as long as executing it; which rows are visible is decided each time.
 */
export class FrequentStatements {
  private readonly names = new Map<string, string>();
  private readonly counts = new LRUCache<string, number>({ max: MOST_COUNTED });
  private named = 0;

  /** Returns the name to execute this under; undefined if it is not frequent enough. */
  nameOf({ text, values }: pg.QueryConfig): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= MOST_PREPARED || text.length > LONGEST) return known;
    if (!values?.length && !ONE_READING.test(text)) return undefined;
    const count = (this.counts.get(text) ?? 0) + 1;
    if (count < OFTEN) {
      this.counts.set(text, count);
      return undefined;
    }
    this.counts.delete(text);
    const name = `often ${(this.named += 1)}`;
    this.names.set(text, name);
    return name;
  }

  /** A failure that did not come from the server leaves uncertain what it has prepared. */
  failed(text: string, error: unknown): void {
    if (!(error instanceof pg.DatabaseError) || STALE.has(error.code ?? '')) this.names.delete(text);
  }
}

/** The longest statement in a trace, in characters. */
const MOST_TEXT = 2_000;

/** A statement is part of its caller's trace; background polling has none. Its values are left out. */
const spanOf = (text: string): Parameters<typeof traced>[0] => ({
  name: /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'statement',
  kind: 'CLIENT',
  attributes: { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MOST_TEXT) },
});

type Callback = (error: Error | null, result?: pg.QueryResult) => void;
const isCallback = (given: unknown): given is Callback => typeof given === 'function';

/**
 * A connection on which the server knows on whose behalf each statement is, and whose rows it may show: both
 * are set before the statement whenever they change, and a statement for which that failed is not sent.
 */
export class ScopedClient extends LimitedClient {
  private readonly scope = new SessionScope();
  private readonly frequent = new FrequentStatements();
  /** Statements follow one another, so that none is executed with the settings of another. */
  private last: Promise<unknown> = Promise.resolve();

  protected override sent(given: unknown[]): unknown {
    const [what, values] = given;
    const query = configOf(what);
    // A COPY, for example, which uses the connection itself, follows a statement with the same context.
    if (!query) return super.sent(given);
    if (Array.isArray(values)) query.values = values;
    const who = requestContext();
    const answer = this.last.then(() =>
      isTraced() ? traced(spanOf(query.text), () => this.answer(query, who)) : this.answer(query, who),
    );
    this.last = answer.catch(() => undefined);
    const callback = given.find(isCallback);
    if (!callback) return answer;
    answer.then(
      (result) => callback(null, result),
      (error: Error) => callback(error),
    );
    return undefined;
  }

  private async answer(query: pg.QueryConfig, who: RequestContext | undefined): Promise<pg.QueryResult> {
    const settings = this.scope.missing(query.text, who);
    if (settings) await this.declare(settings);
    const name = query.name ?? this.frequent.nameOf(query);
    try {
      return await this.execute(name === undefined ? query : { ...query, name });
    } catch (error) {
      this.frequent.failed(query.text, error);
      throw error;
    }
  }

  private async declare(settings: Settings): Promise<void> {
    const names = Object.keys(settings);
    const each = names.map((name, i) => `set_config('${name}', $${i + 1}, false)`);
    try {
      await this.execute({
        name: `set ${names.join()}`,
        text: `SELECT ${each.join(', ')}`,
        values: Object.values(settings),
      });
    } catch (error) {
      this.scope.wasNotSet();
      throw error;
    }
    this.scope.wasSet(settings);
  }

  private execute(query: pg.QueryConfig): Promise<pg.QueryResult> {
    return super.sent([query]) as Promise<pg.QueryResult>;
  }
}
