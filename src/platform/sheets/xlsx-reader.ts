import { SheetRefusal } from './sheet-refusal.js';
import { MOST_CELLS, readInThread, type RawSheet } from './sheet-thread.js';
import { unpacked, ZipRefusal, type Entry } from './zip-size.js';

/** A workbook of 2 MB expands about tenfold. */
const MOST_UNPACKED = 20_000_000;
const SHEET_FILE = /^xl\/worksheets\/[^/]+\.xml$/;
/** A sheet made by people has far fewer columns. */
const MOST_COLUMNS = 400;
/** The position that a row or a cell declares. */
const PLACE = /\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']/g;
/** No program writes a position like this; anyone who does wants it overlooked. */
const HIDDEN_PLACE = /\br\s*=\s*["'][^"'<>]*&/;

const columnNumber = (letters: string): number =>
  [...letters].reduce((n, c) => n * 26 + c.charCodeAt(0) - 64, 0);

/** A single cell far to the lower right makes a table of billions, nearly all of them empty. */
function checkExtent({ data }: Entry, mostLines: number): void {
  const xml = data.toString('utf8');
  if (HIDDEN_PLACE.test(xml)) throw new SheetRefusal('broken');
  let places = 0;
  for (const [, column, line] of xml.matchAll(PLACE)) {
    // Rows declare a position as well.
    if ((places += 1) > 2 * MOST_CELLS) throw new SheetRefusal('too-large');
    if (Number(line) > mostLines) throw new SheetRefusal('too-many-lines');
    if (columnNumber(column!) > MOST_COLUMNS) throw new SheetRefusal('too-large');
  }
}

async function check(bytes: Buffer, mostLines: number): Promise<void> {
  try {
    const entries = await unpacked(bytes, MOST_UNPACKED);
    if (!entries.some((e) => e.name === 'xl/workbook.xml')) throw new SheetRefusal('other-file');
    entries.filter((e) => SHEET_FILE.test(e.name)).forEach((e) => checkExtent(e, mostLines));
  } catch (error) {
    throw error instanceof ZipRefusal ? new SheetRefusal(error.why) : error;
  }
}

/** Returns the sheets of an Excel workbook, after checking how large they are. */
export async function readXlsx(bytes: Buffer, mostLines: number): Promise<RawSheet[]> {
  await check(bytes, mostLines);
  return readInThread({ bytes });
}
