import { stringify, type CastingContext } from 'csv-stringify/sync';
import type { Cell, ColumnHead, Table } from '../../kernel/table.js';
import { LOCALES, type Language } from '../../kernel/language.js';
import { eachInTimeSlices } from '../../kernel/time-slices.js';

/** Returns the decimal separator that Excel expects in a language. */
const decimalOf = (language: Language): string => (0.5).toLocaleString(LOCALES[language]).charAt(1);

/** Excel opens a CSV by its language's rules: semicolons separate cells if numbers have decimal commas. */
const delimiterOf = (language: Language): string => (decimalOf(language) === ',' ? ';' : ',');

/** The start of a text that a spreadsheet takes for a formula (OWASP, CSV injection). */
const FORMULA = /^['\s]*[=+\-@\t\r＝＋－＠]/;
/**
 * Where a formula begins for a spreadsheet whose language separates cells by another sign: there the quotes
 * of all cells but the first are part of the text.
 */
const FORMULA_ELSEWHERE = /(?=[=+\-@＝＋－＠])(?<=[;,|\t\r\n]["'\s]*)/g;

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
export function cellText(
  cell: Cell,
  column: ColumnHead,
  { language, flags }: Pick<Table, 'language' | 'flags'>,
): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return harmless(cell);
  if (typeof cell === 'number') return String(cell).replace('.', decimalOf(language));
  if (typeof cell === 'boolean') return cell ? flags.true : flags.false;
  return cell instanceof Date ? dateText(cell, column) : harmless(cell.href);
}

/** How many rows are written without a pause. */
const AT_A_TIME = 20;

/** A link is its address. */
const plain = (cell: Cell) =>
  typeof cell === 'object' && cell !== null && 'href' in cell ? cell.href : cell;

/**
 * Returns a table as CSV (RFC 4180) in UTF-8, with a byte order mark: Excel needs it for the encoding. Every
 * text is quoted, numbers and dates are not.
 */
export async function writeCsv(table: Table): Promise<Buffer> {
  const { language, columns, rows } = table;
  const cast = (cell: Cell, { index }: CastingContext): string => cellText(cell, columns[index]!, table);
  const write = (lines: Cell[][], bom = false): string =>
    stringify(lines, {
      bom,
      delimiter: delimiterOf(language),
      record_delimiter: '\r\n',
      quoted_string: true,
      quoted_empty: false,
      cast: {
        string: (text, context) => cast(text, context).replace(FORMULA_ELSEWHERE, "'"),
        number: cast,
        boolean: cast,
        date: cast,
      },
    });
  const parts = Array.from({ length: Math.ceil(rows.length / AT_A_TIME) }, (_, i) =>
    rows.slice(i * AT_A_TIME, (i + 1) * AT_A_TIME),
  );
  const written = await eachInTimeSlices(parts, (part) => write(part.map((row) => row.map(plain))));
  return Buffer.from([write([columns.map((c) => c.header)], true), ...written].join(''));
}
