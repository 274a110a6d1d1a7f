/** A row that was not stored, and why. */
export interface BadRow {
  line: number;
  why: string;
}

/** All are counted; nobody reads more. */
const MOST_SHOWN = 100;

/** The first bad rows of those known and those that came. */
export const firstBad = (known: BadRow[], more: BadRow[]): BadRow[] =>
  [...known, ...more].sort((a, b) => a.line - b.line).slice(0, MOST_SHOWN);
