import type { Response } from 'express';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { brusselsDate } from '../kernel/brussels.js';
import { issue } from '../kernel/issues.js';
import { eachInTimeSlices } from '../kernel/time-slices.js';
import type { Table } from '../kernel/table.js';
import { writeCsv } from '../platform/sheets/csv-writer.js';
import { writeXlsx } from '../platform/sheets/xlsx-writer.js';

export const FileFormat = z.enum(['xlsx', 'csv'], issue('table-format'));
export type FileFormat = z.infer<typeof FileFormat>;

/** A table, and how many rows there are in total. */
export interface Made {
  table: Table;
  total: number;
}

/** More rows make a file that opens slowly and that nobody reads to the end. */
export const MOST_ROWS = 5_000;

const TYPES: Record<FileFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** A truncated table says so in its name: `calls-2026-06-30-first-5000-of-7321.xlsx`. */
export function fileName(name: string, now: Date, { table, total }: Made): string {
  const cut = total > table.rows.length ? `-first-${table.rows.length}-of-${total}` : '';
  return `${name}-${brusselsDate(now)}${cut}`.replace(/[\\/:*?"<>|\s]+/g, '-');
}

/** Returns a tag that is constant while the table is unchanged, however often the file is regenerated. */
export async function tagOf({ rows, ...head }: Table, format: string): Promise<string> {
  const hash = createHash('sha256').update(`${format}\n${JSON.stringify(head)}\n`);
  await eachInTimeSlices(rows, (row) => hash.update(`${JSON.stringify(row)}\n`));
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

export async function sendFile(
  response: Response,
  name: string,
  format: FileFormat,
  made: Made,
): Promise<void> {
  const bytes = await (format === 'xlsx' ? writeXlsx(made.table) : writeCsv(made.table));
  response.attachment(`${name}.${format}`);
  response.setHeader('X-Total-Count', String(made.total));
  response.type(TYPES[format]).send(bytes);
}
