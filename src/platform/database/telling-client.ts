import pg from 'pg';
import { acting, Announcer, type Acting, type Told } from './acting.js';
import { LimitedClient } from './limits.js';
import { Prepared } from './prepared.js';
import { isTraced, traced } from '../telemetry/traces.js';

/** Certainly one statement: a text without values could be several. */
const ONE_READING = /^\s*(?:SELECT|WITH)\b[^;]*$/i;
/** The longest statement in a trace, in characters. */
const MOST_TEXT = 2_000;

/** The part of pg's connection that statements are written to, and internals of its statements. */
interface Line {
  stream: { cork(): void; uncork(): void };
  query(text: string): void;
  parse(statement: { name: string; text: string; types: [] }): void;
  bind(given: { statement: string; values: string[] }): void;
  execute(given: object): void;
  close(given: { type: 'S'; name: string }): void;
  parsedStatements: Record<string, string>;
}
interface Statement {
  text: string;
  values: unknown[] | undefined;
  name: string | undefined;
  callback: ((error: Error | null, result: unknown) => void) | undefined;
  requiresPreparation(): boolean;
  submit(line: Line): Error | null;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, line: Line): void;
  handleError(error: Error, line: Line): void;
}
const PgQuery = pg.Query as unknown as new (...given: unknown[]) => Statement;

/**
 * A statement preceded, in the same message, by settings that tell the server for whom it is and whose rows
 * it may show. Both are executed or neither: whatever blocks one blocks the other, and if the statement
 * fails, the server has lost the settings.
 */
class ToldStatement extends PgQuery {
  /** How many pending answers still belong to the settings. */
  private ahead = 0;

  constructor(
    private readonly announcer: Announcer,
    private readonly prepared: Prepared,
    private readonly who: Acting | undefined,
    given: unknown[],
  ) {
    super(...given);
  }

  override submit(line: Line): Error | null {
    const told = this.announcer.before(this.text, this.who);
    this.name ??= this.ownName(told);
    if (!this.requiresPreparation()) return this.simply(line, told);
    line.stream.cork();
    try {
      for (const name of this.prepared.givenUp()) {
        line.close({ type: 'S', name });
        delete line.parsedStatements[name];
      }
      if (told) this.tell(line, told);
      return super.submit(line);
    } finally {
      line.stream.uncork();
    }
  }

  /**
   * Returns none if the settings statement is itself prepared in the same message: pg would take its answer
   * for the answer to this one.
   */
  private ownName(told: Told | null): string | undefined {
    const mayHaveOne = this.values?.length || ONE_READING.test(this.text);
    return mayHaveOne && !(told && this.announcer.isNew(told)) ? this.prepared.nameOf(this.text) : undefined;
  }

  private simply(line: Line, told: Told | null): Error | null {
    if (told === null) return super.submit(line);
    const all = Object.entries(told).map(([name, value]) => `SET ${name} TO ${pg.escapeLiteral(value)};`);
    this.ahead = all.length;
    line.query(`${all.join('')}${this.text}`);
    return null;
  }

  /** Prepared once per connection, as it is executed often. */
  private tell(line: Line, told: Told): void {
    this.ahead = 1;
    const statement = this.announcer.prepared(told);
    if (statement.text !== null) line.parse({ ...statement, text: statement.text, types: [] });
    line.bind({ statement: statement.name, values: Object.values(told) });
    line.execute({});
  }

  override handleDataRow(message: unknown): void {
    if (this.ahead === 0) super.handleDataRow(message);
  }

  override handleCommandComplete(message: unknown, line: Line): void {
    if (this.ahead === 0) return super.handleCommandComplete(message, line);
    this.ahead -= 1;
  }

  override handleError(error: Error, line: Line): void {
    this.announcer.forget(this.ahead > 0);
    this.prepared.failed(this.text, error instanceof pg.DatabaseError ? (error.code ?? '') : null);
    super.handleError(error, line);
  }
}

/** A statement is part of its caller's trace; background polling has none. Its values are left out. */
const spanOf = (text: string): Parameters<typeof traced>[0] => ({
  name: /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'statement',
  kind: 'CLIENT',
  attributes: { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MOST_TEXT) },
});

/** A connection on which the server knows for whom each statement is, and whose rows it may show. */
export class TellingClient extends LimitedClient {
  private readonly announcer = new Announcer();
  private readonly prepared = new Prepared();

  protected override sent(given: unknown[]): unknown {
    const [what] = given as [{ submit?: unknown } | null | undefined];
    // A COPY, for example, which uses the connection itself, follows a statement that sent the settings.
    if (what === null || what === undefined || typeof what.submit === 'function') return super.sent(given);
    const statement = new ToldStatement(this.announcer, this.prepared, acting(), given);
    if (statement.callback) return super.sent([statement]);
    const answered = (): Promise<unknown> =>
      new Promise((resolve, reject) => {
        statement.callback = (error, result) => (error ? reject(error) : resolve(result));
        super.sent([statement]);
      });
    return isTraced() ? traced(spanOf(statement.text), answered) : answered();
  }
}
