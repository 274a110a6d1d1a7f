/** Said so often on a connection, a statement is worth that the server keeps its plan. */
const OFTEN = 5;
/** What the server keeps for one connection: each plan takes it some 50 kB. */
const MOST_PREPARED = 150;
/** Of what was said less often, so many texts are remembered, the oldest forgotten first: some are written anew for each request. */
const MOST_COUNTED = 500;
/** As the server says that a plan of its own is of no use any more: a column has another type now, or somebody else dropped it. */
const STALE = new Set(['0A000', '26000']);

/**
 * Which statements a connection has prepared by name. To plan one that goes through the rules of row-level security takes the server as long as to
 * carry it out, so that it plans what is said often once (as the JDBC driver does from the fifth time on). Which rows are shown is decided each time.
 */
export class Prepared {
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private named = 0;

  /** Under which name this is to be said now; undefined where it is said too seldom. */
  nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= MOST_PREPARED) return known;
    const count = (this.counts.get(text) ?? 0) + 1;
    this.counts.delete(text);
    if (count < OFTEN) {
      this.counts.set(text, count);
      const [oldest] = this.counts.keys();
      if (this.counts.size > MOST_COUNTED) this.counts.delete(oldest!);
      return undefined;
    }
    this.named += 1;
    const name = `often ${this.named}`;
    this.names.set(text, name);
    return name;
  }

  /** It failed: where its plan was the reason, it gets another name the next time that it is said often. */
  failed(text: string, code: string | undefined): void {
    if (code !== undefined && STALE.has(code)) this.names.delete(text);
  }
}
