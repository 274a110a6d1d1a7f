import { DateTime } from 'luxon';
import { inEach, translateTo } from '../../i18n/translate.js';
import { BRUSSELS } from '../../kernel/brussels.js';
import { eachInTimeSlices } from '../../kernel/time-slices.js';
import type { Language } from '../../kernel/language.js';
import type { Cell, CellKind, Link, Table } from '../../kernel/table.js';

/**
 * Normalises a word or heading for comparison: lower case without accents, with single spaces for anything
 * but letters and digits.
 */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** No word of a decision or stage is longer, and none consists of more words. */
const [LONGEST_HEAD, MOST_WORDS] = [200, 4];

/** "0,8" is neither a 0 nor a no, and "Non décidé" and "No decision yet" are not a "no". */
const WHOLE = [
  /^\d+[\s.,/]+\d/,
  /^(?:non|pas|not|no)[\s-]+(?:encore|decision|(?:d[ée]cid|trait|[ée]tudi|[ée]valu|analys|examin|d[ée]fini|statu|commenc|d[ée]marr|assess|review|start|discuss)\p{L}*|lue?|vue?|read|seen)(?!\p{L})/iu,
  /^(?:not|no)\s.*\byet\b/is,
];

/** Returns where a word at the beginning of a cell may end, the longest first. */
export function headEnds(cell: string): number[] {
  const head = cell.slice(0, LONGEST_HEAD);
  if (WHOLE.some((form) => form.test(head))) return [head.length];
  const ends = [...head.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, MOST_WORDS).map((m) => m.index + m[0].length);
  return [head.length, ...ends.reverse()];
}

/** How the names of the months begin, in French and English, without accents. */
const MONTHS = 'jan fe[bv] mar a[vp]r ma[iy] jui?n jui?l aou|aug sep oct nov dec'.split(' ');
const MONTH = `(${MONTHS.join('|')})[a-z]*`;
const DAY_IN_WORDS = new RegExp(`\\b(\\d{1,2})(?:er|st|nd|rd|th)? (?:of )?${MONTH} (\\d{4})\\b`);
const MONTH_FIRST = new RegExp(`\\b${MONTH} (\\d{1,2})(?:st|nd|rd|th)? (\\d{4})\\b`);
const BEGINNINGS = MONTHS.map((start) => new RegExp(`^(?:${start})`));
const monthOf = (name: string): string => String(BEGINNINGS.findIndex((start) => start.test(name)) + 1);

/** Returns year, month and day of "15 Sept. 2026", "1er juin 2026" or "September 15, 2026". */
function inWords(text: string): [string, string, string] | null {
  const words = plain(text);
  const [, day, month, year] = DAY_IN_WORDS.exec(words) ?? [];
  if (year) return [year, monthOf(month!), day!];
  const [, named, date, of] = MONTH_FIRST.exec(words) ?? [];
  return of ? [of, monthOf(named!), date!] : null;
}

/**
 * Parses a day as written in sheets: 2026-09-15, 15/09/2026, 15.9.26, or in words. The day comes before the
 * month, as in Europe.
 */
export function dayIn(text: string): string | null {
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(text);
  const european = iso ? null : /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/.exec(text);
  const [year, month, day] = iso
    ? [iso[1]!, iso[2]!, iso[3]!]
    : european
      ? [european[3]!.padStart(4, '20'), european[2]!, european[1]!]
      : (inWords(text) ?? [null, null, null]);
  if (year === null) return null;
  const told = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return Number.isNaN(Date.parse(told)) || new Date(told).toISOString().slice(0, 10) !== told ? null : told;
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

export const wordIn = <Value extends string>(
  words: Record<Value, Record<Language, string>>,
  value: Value,
  language: Language,
): string => (Object.hasOwn(words, value) ? words[value] : OTHER)[language];

export const wordsFor = <Value extends string>(
  values: readonly Value[],
  word: (value: Value) => Record<Language, string>,
) =>
  Object.fromEntries(values.map((value) => [value, word(value)])) as Record<Value, Record<Language, string>>;

/** How a text says true and false. */
export const flagsIn = (language: Language): Table['flags'] => ({
  true: translateTo(language)('sheet-word.true'),
  false: translateTo(language)('sheet-word.false'),
});

/** Sheets reject longer names, these characters in them, and an apostrophe at either end. */
const LONGEST_NAME = 31;
const NOT_IN_NAMES = /[\\/?*[\]:]/g;
const AT_ENDS = /^'+|(?<!')'+$/g;

/** Builds a table from rows. Thousands take seconds, so others are answered in between. */
export const tableOf = async <Row>(
  name: string,
  columns: Column<Row>[],
  rows: Row[],
  reader: Reader,
): Promise<Table> => ({
  name: name.replace(NOT_IN_NAMES, ' ').slice(0, LONGEST_NAME).replace(AT_ENDS, ''),
  language: reader.language,
  flags: flagsIn(reader.language),
  columns: columns.map(({ header, kind, width }) => ({ header: header[reader.language], kind, width })),
  rows: await eachInTimeSlices(rows, (row) => columns.map((column) => column.value(row, reader))),
});

/** Returns the Brussels wall-clock time of an instant, in a date's UTC fields. */
export function brusselsClock(at: Date | string): Date {
  const instant = typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at);
  return instant.setZone(BRUSSELS).setZone('utc', { keepLocalTime: true }).toJSDate();
}

export const brusselsDay = (at: Date | string): Date => {
  const clock = brusselsClock(at);
  return new Date(Date.UTC(clock.getUTCFullYear(), clock.getUTCMonth(), clock.getUTCDate()));
};

/** Returns a link cell; null without a URL. */
export const linkTo = (href: string | null): Link | null => (href === null ? null : { href, text: href });
