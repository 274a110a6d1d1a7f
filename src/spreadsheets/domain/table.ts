import { DateTime } from 'luxon';
import { BRUSSELS } from '../../calls/domain/index.js';
import type { Language } from '../../kernel/language.js';

/** How a column is shown. A `moment` is a date with its time of day. */
export type CellKind = 'text' | 'day' | 'moment' | 'number' | 'amount' | 'flag' | 'link';

export interface Link {
  text: string;
  href: string;
}

/**
 * A date is a time of the clock in Brussels, held in its UTC fields: a sheet knows no time zones. Null is an
 * empty cell.
 */
export type Cell = string | number | boolean | Date | Link | null;

export interface ColumnHead {
  header: string;
  kind: CellKind;
  /** In characters. */ width: number;
}

/** A table as files and pages show it, in one language. */
export interface Table {
  /** For the sheet's tab, at most 31 characters. */
  name: string;
  language: Language;
  columns: ColumnHead[];
  rows: Cell[][];
}

/** One column of a kind of table: its place and key never change, since people's own sheets refer to them. */
export interface Column<Row> {
  key: string;
  header: Record<Language, string>;
  kind: CellKind;
  width: number;
  value: (row: Row, reader: Reader) => Cell;
}

/** For whom a table is made. */
export interface Reader {
  language: Language;
  now: Date;
  /** The address of the product, for links to its pages. */
  home: string;
}

/** Sheets refuse longer names, and these signs in them. */
const LONGEST_NAME = 31;
const NOT_IN_NAMES = /[\\/?*[\]:]/g;

/** Makes a table of rows. */
export const tableOf = <Row>(name: string, columns: Column<Row>[], rows: Row[], reader: Reader): Table => ({
  name: name.replace(NOT_IN_NAMES, ' ').slice(0, LONGEST_NAME),
  language: reader.language,
  columns: columns.map(({ header, kind, width }) => ({ header: header[reader.language], kind, width })),
  rows: rows.map((row) => columns.map((column) => column.value(row, reader))),
});

/** An instant as the clock in Brussels shows it, in the UTC fields of a date. */
export function brusselsClock(at: Date | string): Date {
  const instant = typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at);
  return instant.setZone(BRUSSELS).setZone('utc', { keepLocalTime: true }).toJSDate();
}

/** The day in Brussels on which an instant falls. */
export const brusselsDay = (at: Date | string): Date => {
  const clock = brusselsClock(at);
  return new Date(Date.UTC(clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate()));
};

/** A column's address as a link; null where there is none. */
export const linkTo = (href: string | null, text = href): Link | null =>
  href === null ? null : { href, text: text ?? href };
