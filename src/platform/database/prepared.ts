import { LRUCache } from 'lru-cache';

/** Said this often on a connection, a statement is worth planning once. */
const OFTEN = 5;
/**
 * So many plans the server keeps for one connection, some 40 kB each. Those said longest ago are given up
 * first.
 */
const MOST_PREPARED = 150;
/** So many texts that were said less often are remembered: some are written anew for each request. */
const MOST_COUNTED = 500;
/** A longer text, such as a list of thousands of keys, hardly comes back. */
const LONGEST = 10_000;
/**
 * The codes by which the server says that a kept plan no longer holds: the type of what it answers or is
 * given has changed, or it is gone. Where a migration changes the type of a column, a value may be refused
 * instead (22P02), as it is where it was wrong to begin with: processes of before must stop.
 */
const STALE = new Set(['0A000', '42883', '42804', '26000']);

/**
 * Which statements a connection has prepared by name. To plan one that goes through the rules of row-level
 * security takes the server as long as to carry it out, so that what is said often is planned once (as the
 * JDBC driver does from the fifth time on). Which rows are shown is decided each time.
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

  /** Under which name this is to be said now; undefined where it is said too seldom. */
  nameOf(text: string): string | undefined {
    return this.names.get(text) ?? this.newName(text);
  }

  /**
   * It failed with this code of the server's; null where it was not the server that said so: what it has
   * prepared is not sure then.
   */
  failed(text: string, code: string | null): void {
    if (code === null || STALE.has(code)) this.names.delete(text);
  }

  /** The names that the server need not keep any longer. Each is given once. */
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
