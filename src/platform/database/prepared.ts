import { LRUCache } from 'lru-cache';

/** A statement executed this often on a connection is worth planning once. */
const OFTEN = 5;
/** The most plans kept per connection by the server, about 40 kB each. Least recently used go first. */
const MOST_PREPARED = 150;
/** How many rarer texts are remembered: some are new for each request. */
const MOST_COUNTED = 500;
/** A longer text, such as a list of thousands of keys, hardly ever returns. */
const LONGEST = 10_000;
/**
 * The server's codes for a prepared plan that is no longer valid: the type of a result or a parameter has
 * changed, or it is gone. If a migration changes the type of a column, a value may be refused instead
 * (22P02), just like one that was always wrong: processes of the previous version must stop.
 */
const STALE = new Set(['0A000', '42883', '42804', '26000']);

/**
 * The statements that a connection has prepared by name. Planning one with row-level security takes the
 * server as long as executing it, so frequent ones are planned once (as the JDBC driver does from the fifth
 * time on). Which rows are visible is decided each time.
 */
export class Prepared {
  /** By text. */
  private readonly names = new LRUCache<string, string>({
    max: MOST_PREPARED,
    dispose: (name) => this.abandoned.push(name),
  });
  private readonly counts = new LRUCache<string, number>({ max: MOST_COUNTED });
  private readonly abandoned: string[] = [];
  private named = 0;

  /** Returns the name to execute this under; undefined if it is not frequent enough. */
  nameOf(text: string): string | undefined {
    return this.names.get(text) ?? this.newName(text);
  }

  /**
   * Handles a failure with the server's code; null if it did not come from the server: the state of its
   * prepared statements is then uncertain.
   */
  failed(text: string, code: string | null): void {
    if (code === null || STALE.has(code)) this.names.delete(text);
  }

  /** Returns the names that the server need not keep any longer, each once. */
  givenUp(): string[] {
    return this.abandoned.splice(0);
  }

  private newName(text: string): string | undefined {
    if (text.length > LONGEST) return undefined;
    const count = (this.counts.get(text) ?? 0) + 1;
    if (count < OFTEN) {
      this.counts.set(text, count);
      return undefined;
    }
    this.counts.delete(text);
    this.named += 1;
    const name = `often ${this.named}`;
    this.names.set(text, name);
    return name;
  }
}
