import readExcelFile, { type CellValue } from 'read-excel-file/node';
import { SheetRefusal } from './sheet-refusal.js';
import { unpacked, ZipRefusal, type Entry } from './zip-size.js';

/** A sheet's cells as texts: dates as 2026-09-15, what is empty as "". */
export interface RawSheet { name: string; rows: string[][] }

/** A workbook of 2 MB unfolds to about ten times as much. */
const MOST_UNPACKED = 40_000_000;
const SHEET_FILE = /^xl\/worksheets\/[^/]+\.xml$/;
/** Excel itself has no more columns; a sheet of people has fewer by far. */
const MOST_COLUMNS = 400;
/** Where a row or a cell says that it stands. */
const PLACE = /\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']/g;
/** No program writes a place so; whoever does wants it overlooked. */
const HIDDEN_PLACE = /\br\s*=\s*["'][^"'<>]*&/;

const columnNumber = (letters: string): number => [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);

/** One cell far off to the lower right makes a table of billions, nearly all of them empty. */
function checkExtent({ data }: Entry, mostLines: number): void {
  const xml = data.toString('utf8');
  if (HIDDEN_PLACE.test(xml)) throw new SheetRefusal('broken');
  for (const [, column, line] of xml.matchAll(PLACE)) {
    if (Number(line) > mostLines) throw new SheetRefusal('too-many-lines');
    if (columnNumber(column!) > MOST_COLUMNS) throw new SheetRefusal('too-large');
  }
}

function check(bytes: Buffer, mostLines: number): void {
  try {
    const entries = unpacked(bytes, MOST_UNPACKED);
    if (!entries.some((e) => e.name === 'xl/workbook.xml')) throw new SheetRefusal('other-file');
    entries.filter((e) => SHEET_FILE.test(e.name)).forEach((e) => checkExtent(e, mostLines));
  } catch (error) {
    throw error instanceof ZipRefusal ? new SheetRefusal(error.why) : error;
  }
}

const MINUTE_MS = 60_000;

/** A day as Excel counts it is a fraction, which falls a little short of the minute that was meant. */
const dayText = (date: Date): string => new Date(Math.round(date.getTime() / MINUTE_MS) * MINUTE_MS).toISOString().slice(0, 10);

const textOf = (value: CellValue | null): string => {
  if (value === null) return '';
  return value instanceof Date ? (Number.isNaN(value.getTime()) ? '' : dayText(value)) : String(value).trim();
};

/** The sheets of an Excel workbook. Formulas give what they last came to, and are never worked out. */
export async function readXlsx(bytes: Buffer, mostLines: number): Promise<RawSheet[]> {
  check(bytes, mostLines);
  try {
    const sheets = await readExcelFile(bytes);
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
  } catch (error) {
    throw new SheetRefusal((error as { code?: string }).code === 'NO_DATA' ? 'empty' : 'broken');
  }
}
