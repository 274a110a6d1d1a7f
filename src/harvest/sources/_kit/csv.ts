import { type CsvError, parse } from 'csv-parse/sync';
import { CarnotError, ShapeError } from '../../../kernel/errors.js';
import type { RawDocument } from '../../domain/source.js';
import { plain } from './dates.js';
import { documentText } from './page.js';

/** Some three thousand calls with their texts; a longer list would hold the process while it is read. */
const MOST_CHARACTERS = 10_000_000;

/** A row by the names of its columns, or why it is none. */
export type CsvRow = { cells: Record<string, string> } | { why: string };

/** The name of a column, without accents, capitals and typographic apostrophes. */
export const columnName = (header: string): string => plain(header).trim().toLowerCase();

function cellsIn(text: string, delimiter: string): string[][] {
  try {
    return parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      // Published files do not double every quote that stands in a text.
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    // A quote that is never closed is how a file ends that was cut off in the middle of a text.
    if ((error as CsvError).code === 'CSV_QUOTE_NOT_CLOSED')
      throw new CarnotError('Truncated', 'the answer is cut off: a text has no end', 'later');
    throw new ShapeError('the answer is no CSV', error);
  }
}

/**
 * Reads a whole CSV document whose first row names its columns, each of which must be there. Throws
 * ShapeError if it is in another form. Only the number of its rows, which others must know, shows that it is
 * whole: it may be cut off between two rows.
 */
export function readCsv(document: RawDocument, delimiter: string, columns: readonly string[]): CsvRow[] {
  const text = documentText(document);
  if (text.length > MOST_CHARACTERS)
    throw new ShapeError(`the list has more than ${MOST_CHARACTERS} characters`);
  const [head = [], ...rows] = cellsIn(text, delimiter);
  const names = head.map(columnName);
  const missing = columns.filter((column) => !names.includes(columnName(column)));
  if (missing.length) throw new ShapeError(`the list has no column ${missing.join(', ')}`);
  if (rows.length && rows.at(-1)!.length < names.length)
    throw new CarnotError('Truncated', 'the answer is cut off: its last row has no end', 'later');
  return rows.map((row) =>
    row.length === names.length
      ? { cells: Object.fromEntries(names.map((name, i) => [name, row[i]!])) }
      : {
          why: `a row has ${row.length} cells instead of ${names.length}: ${JSON.stringify(row).slice(0, 100)}`,
        },
  );
}
