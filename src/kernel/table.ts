import type { Language } from './language.js';

/** The format of a column. A `moment` is a date with its time of day. */
export type CellKind = 'text' | 'day' | 'moment' | 'number' | 'amount' | 'flag' | 'link';

export interface Link {
  text: string;
  href: string;
}

/**
 * A date holds Brussels wall-clock time in its UTC fields: sheets have no time zones. Null is an empty cell.
 */
export type Cell = string | number | boolean | Date | Link | null;

export interface ColumnHead {
  header: string;
  kind: CellKind;
  /** In characters. */
  width: number;
}

/** A table for files and pages, in one language. */
export interface Table {
  /** The name of the sheet's tab, at most 31 characters. */
  name: string;
  language: Language;
  /** How a text says true and false. */
  flags: { true: string; false: string };
  columns: ColumnHead[];
  rows: Cell[][];
}
