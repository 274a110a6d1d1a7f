/** A row that was not stored, and why. */
export interface BadRow {
  line: number;
  why: string;
}

/** The most bad rows shown. All are counted, but nobody reads more. */
const MOST_SHOWN = 100;

/** Returns the first bad rows, by line, of those already known and the new ones. */
export const firstBad = (known: BadRow[], more: BadRow[]): BadRow[] =>
  [...known, ...more].sort((a, b) => a.line - b.line).slice(0, MOST_SHOWN);
