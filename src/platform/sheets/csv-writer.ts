import { stringify } from 'csv-stringify/sync';
import type { Cell, ColumnHead, Table } from '../../spreadsheets/domain/index.js';
import { numberTo } from '../../i18n/formats.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';

/** Returns the decimal separator that Excel expects in a language. */
const decimalOf = (language: Language): string => numberTo(language, 0.5, 1).charAt(1);

/** Excel opens a CSV by its language's rules: semicolons separate cells if numbers have decimal commas. */
const delimiterOf = (language: Language): string => (decimalOf(language) === ',' ? ';' : ',');

/** The start of a text that a spreadsheet takes for a formula (OWASP, CSV injection). */
const FORMULA = /^[\s]*[=+\-@\t\r＝＋－＠]/;

/**
 * Makes external text harmless: a leading apostrophe marks it as text for a spreadsheet. Our sheet reader
 * removes it again.
 */
const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** Returns 2026-09-15 or 2026-09-15 17:00: the one date format that Excel reads alike in every language. */
const dateText = (date: Date, { kind }: ColumnHead): string =>
  date
    .toISOString()
    .slice(0, kind === 'day' ? 10 : 16)
    .replace('T', ' ');

/** Returns a cell as text that a spreadsheet in that language reads back with the right type. */
export function cellText(cell: Cell, column: ColumnHead, language: Language): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return harmless(cell);
  if (typeof cell === 'number') return String(cell).replace('.', decimalOf(language));
  if (typeof cell === 'boolean') return translateTo(language)(cell ? 'sheet-word.true' : 'sheet-word.false');
  return cell instanceof Date ? dateText(cell, column) : harmless(cell.href);
}

/** Returns a table as CSV (RFC 4180) in UTF-8, with a byte order mark: Excel needs it for the encoding. */
export function writeCsv({ language, columns, rows }: Table): Buffer {
  const lines = [
    columns.map((c) => c.header),
    ...rows.map((row) => row.map((cell, i) => cellText(cell, columns[i]!, language))),
  ];
  return Buffer.from(
    stringify(lines, { bom: true, delimiter: delimiterOf(language), record_delimiter: '\r\n' }),
  );
}
