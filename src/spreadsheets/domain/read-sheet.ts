import { z } from 'zod';
import { FIELDS, type Field } from './field-names.js';
import { fieldsOf, headingLine, namesCall } from './fields.js';
import { readLine, type SheetLine } from './line.js';

/** An officer's sheet with its headings, and the field assigned to each column. */
export const ReadSheet = z.object({
  /** Changes with each upload, so that an older form cannot be applied to another sheet. */
  id: z.string(),
  file: z.string(),
  sheet: z.string(),
  /** The workbook's other sheets, which are not read. */
  others: z.array(z.string()),
  headings: z.array(z.string()),
  fields: z.array(z.enum(FIELDS).nullable()),
  /** The sheet's own number of the first of `rows`. */
  firstRow: z.number().int(),
  rows: z.array(z.array(z.string())),
});
export type ReadSheet = z.infer<typeof ReadSheet>;

export interface NamedRows {
  name: string;
  rows: string[][];
}

const MOST_COLUMNS = 60;

/**
 * Reads the first sheet whose headings name a call; if there is none, returns the cells of its first
 * non-empty line instead.
 */
export function readSheet(id: string, file: string, sheets: NamedRows[]): ReadSheet | { headings: string[] } {
  for (const { name, rows } of sheets) {
    const at = headingLine(rows.map((row) => row.slice(0, MOST_COLUMNS)));
    if (at === null) continue;
    const headings = rows[at]!.slice(0, MOST_COLUMNS);
    return {
      id,
      file,
      sheet: name,
      others: sheets.filter((s) => s.name !== name).map((s) => s.name),
      headings,
      fields: fieldsOf(headings, (column) => rows.slice(at + 1).map((row) => row[column] ?? '')),
      firstRow: at + 2,
      rows: rows.slice(at + 1).map((row) => row.slice(0, headings.length)),
    };
  }
  const first = sheets[0]?.rows.find((row) => row.some((cell) => cell !== '')) ?? [];
  return { headings: first.filter((cell) => cell !== '').slice(0, MOST_COLUMNS) };
}

/** Reassigns the columns as a person specifies; null if none of them names a call any more. */
export function withFields(sheet: ReadSheet, fields: (Field | null)[]): ReadSheet | null {
  const told = sheet.headings.map((_, i) => fields[i] ?? null);
  return namesCall(told) ? { ...sheet, fields: told } : null;
}

/** Returns the non-blank lines of a sheet; one step per line. */
export function* linesOf({ rows, firstRow, fields }: ReadSheet): Generator<void, SheetLine[]> {
  const lines: SheetLine[] = [];
  for (const [i, cells] of rows.entries()) {
    const line = readLine(firstRow + i, cells, fields);
    if (line) lines.push(line);
    yield;
  }
  return lines;
}
