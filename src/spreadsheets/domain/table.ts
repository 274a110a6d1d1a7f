import { DateTime } from 'luxon';
import { BRUSSELS } from '../../kernel/brussels.js';
import { inEach } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { eachInTimeSlices } from '../../kernel/time-slices.js';

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
  /** In characters. */ width: number;
}

/** A table for files and pages, in one language. */
export interface Table {
  /** The name of the sheet's tab, at most 31 characters. */
  name: string;
  language: Language;
  columns: ColumnHead[];
  rows: Cell[][];
}

/** A column of a table: its position and key never change, since users' own sheets refer to them. */
export interface Column<Row> {
  key: string;
  header: Record<Language, string>;
  kind: CellKind;
  width: number;
  value: (row: Row, reader: Reader) => Cell;
}

/** Whom a table is made for. */
export interface Reader {
  language: Language;
  now: Date;
  /** The application's base URL, for links to its pages. */
  home: string;
}

/** The word for what only a newer version knows, as one may write beside this one during an update. */
export const OTHER = inEach('sheet-word.other');

/** Returns the word for a value of a closed list. */
export const wordIn = <Value extends string>(
  words: Record<Value, Record<Language, string>>,
  value: Value,
  language: Language,
): string => (Object.hasOwn(words, value) ? words[value] : OTHER)[language];

/** Sheets reject longer names, and these characters in them. */
const LONGEST_NAME = 31;
const NOT_IN_NAMES = /[\\/?*[\]:]/g;

/** Builds a table from rows. Thousands take seconds, so others are answered in between. */
export const tableOf = async <Row>(
  name: string,
  columns: Column<Row>[],
  rows: Row[],
  reader: Reader,
): Promise<Table> => ({
  name: name.replace(NOT_IN_NAMES, ' ').slice(0, LONGEST_NAME),
  language: reader.language,
  columns: columns.map(({ header, kind, width }) => ({ header: header[reader.language], kind, width })),
  rows: await eachInTimeSlices(rows, (row) => columns.map((column) => column.value(row, reader))),
});

/** Returns the Brussels wall-clock time of an instant, in a date's UTC fields. */
export function brusselsClock(at: Date | string): Date {
  const instant = typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at);
  return instant.setZone(BRUSSELS).setZone('utc', { keepLocalTime: true }).toJSDate();
}

/** Returns the Brussels date of an instant. */
export const brusselsDay = (at: Date | string): Date => {
  const clock = brusselsClock(at);
  return new Date(Date.UTC(clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate()));
};

/** Returns a link cell; null without a URL. */
export const linkTo = (href: string | null, text = href): Link | null =>
  href === null ? null : { href, text: text ?? href };
