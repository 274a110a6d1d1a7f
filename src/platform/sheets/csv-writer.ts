import { stringify } from 'csv-stringify/sync';
import type { Cell, ColumnHead, Table } from '../../spreadsheets/domain/index.js';
import { numberTo } from '../../i18n/formats.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';

/** What stands before the decimals of a number, as Excel reads it in a language. */
const decimalOf = (language: Language): string => numberTo(language, 0.5, 1).charAt(1);

/**
 * Excel opens a CSV by the rules of its language: a semicolon parts the cells where the comma parts a number.
 */
const delimiterOf = (language: Language): string => (decimalOf(language) === ',' ? ';' : ',');

/** With these a spreadsheet takes a text for a formula (OWASP, CSV injection). */
const FORMULA = /^[\s]*[=+\-@\t\r＝＋－＠]/;

/**
 * A text of others that can do nothing: an apostrophe before it says "text" to a spreadsheet. The reading of
 * sheets takes it away again.
 */
const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** 2026-09-15, 2026-09-15 17:00: the one form of a date that Excel reads alike in every language. */
const dateText = (date: Date, { kind }: ColumnHead): string =>
  date
    .toISOString()
    .slice(0, kind === 'day' ? 10 : 16)
    .replace('T', ' ');

/** A cell as text that a spreadsheet of that language reads back as what it is. */
export function cellText(cell: Cell, column: ColumnHead, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return harmless(cell);
  if (typeof cell === 'number') return String(cell).replace('.', decimalOf(language));
  if (typeof cell === 'boolean') return translateTo(language)(cell ? 'sheet-word.true' : 'sheet-word.false');
  return cell instanceof Date ? dateText(cell, column) : harmless(cell.href);
}

/**
 * A table as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel takes it for another
 * encoding.
 */
export function writeCsv({ language, columns, rows }: Table): Buffer {
  const lines = [
    columns.map((c) => c.header),
    ...rows.map((row) => row.map((cell, i) => cellText(cell, columns[i]!, language))),
  ];
  return Buffer.from(
    stringify(lines, { bom: true, delimiter: delimiterOf(language), record_delimiter: '\r\n' }),
  );
}
