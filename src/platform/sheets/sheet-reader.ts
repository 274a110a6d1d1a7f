import { Unzip, UnzipInflate } from 'fflate';
import { setImmediate } from 'node:timers/promises';
import type { Options } from 'csv-parse/sync';
import { Worker } from 'node:worker_threads';
import { storable } from '../../kernel/storable.js';

/** Why a file cannot be read as a sheet; worded elsewhere, in the reader's language. */
const SHEET_REFUSALS = [
  'empty',
  'too-large',
  'too-many-lines',
  'old-excel',
  'encrypted',
  'web-page',
  'other-file',
  'broken',
] as const;
export type SheetRefusalKind = (typeof SHEET_REFUSALS)[number];

export class SheetRefusal extends Error {
  constructor(readonly kind: SheetRefusalKind) {
    super(kind);
  }
}

const LOCAL = 0x04034b50;
const HEADER_BYTES = 30;
const ENCRYPTED = 1;

/** Sheets, pictures and comments are files too; no workbook made by people has this many. */
const MOST_ENTRIES = 500;
/** Deflate expands a thousandfold at most: no step makes more than a few megabytes. */
const STEP_BYTES = 4_096;

/** An unpacked file of an archive. */
export interface Entry {
  name: string;
  data: Buffer;
}

class ZipRefusal extends Error {
  constructor(readonly why: 'too-large' | 'encrypted' | 'broken') {
    super(why);
  }
}

/** Unpacks an archive as it arrives, and refuses more than `most` bytes, whatever sizes it declares. */
class Unpacking {
  readonly files: { name: string; parts: Uint8Array[] }[] = [];
  private readonly unzip: Unzip;
  private left: number;

  constructor(most: number, keeps: (name: string) => boolean) {
    this.left = most;
    this.unzip = new Unzip((file) => {
      if (this.files.length === MOST_ENTRIES) throw new ZipRefusal('too-large');
      // The declared size counts too: unpacking allocates that much memory.
      if ((file.originalSize ?? 0) > this.left) throw new ZipRefusal('too-large');
      const parts: Uint8Array[] = [];
      this.files.push({ name: file.name, parts });
      file.ondata = (error, part) => {
        if (error) throw error;
        if ((this.left -= part.length) < 0) throw new ZipRefusal('too-large');
        if (keeps(file.name)) parts.push(part);
      };
      file.start();
    });
    this.unzip.register(UnzipInflate);
  }

  push(bytes: Buffer, last: boolean): void {
    try {
      this.unzip.push(bytes, last);
    } catch (error) {
      throw error instanceof ZipRefusal ? error : new ZipRefusal('broken');
    }
  }
}

/**
 * Unpacks an archive from its beginning, and never more than `most` bytes: a small file can expand into
 * gigabytes, or into endless files. Its table of contents is ignored, since it may say anything. Of files
 * that are not kept only the names are returned.
 */
export async function unpacked(
  zip: Buffer,
  most: number,
  keeps: (name: string) => boolean = () => true,
): Promise<Entry[]> {
  if (zip.length < HEADER_BYTES || zip.readUInt32LE(0) !== LOCAL) throw new ZipRefusal('broken');
  if (zip.readUInt16LE(6) & ENCRYPTED) throw new ZipRefusal('encrypted');
  const unpacking = new Unpacking(most, keeps);
  for (let at = 0; at < zip.length; at += STEP_BYTES) {
    unpacking.push(zip.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= zip.length);
    await setImmediate();
  }
  return unpacking.files.map(({ name, parts }) => ({ name, data: Buffer.concat(parts) }));
}

/** A sheet's cells as texts: dates as 2026-09-15, empty cells as "". */
interface RawSheet {
  name: string;
  rows: string[][];
}

/** The thread's input. Formulas yield their last stored result, and are never evaluated. */
type File = { text: string; options: Options } | { files: Record<string, Uint8Array> };
type Answer = { sheets: RawSheet[] } | { refusal: SheetRefusalKind };

/**
 * Eighty columns of the most lines: our own tables have sixty. Transferring this many cells from a thread
 * takes milliseconds.
 */
const MOST_CELLS = 400_000;
/** Anything that takes longer is not a sheet made by a person. */
const LONGEST_MS = 20_000;
const MOST_MEMORY_MB = 512;

const READER = new URL('./sheet-worker.mjs', import.meta.url);

function read(file: File): Promise<RawSheet[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(READER, {
      workerData: { ...file, mostCells: MOST_CELLS },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const limit = setTimeout(() => void thread.terminate(), LONGEST_MS);
    thread.once('message', (answer: Answer) =>
      'sheets' in answer ? resolve(answer.sheets) : reject(new SheetRefusal(answer.refusal)),
    );
    // After a message this has no effect: the thread ran out of memory or of time.
    thread.once('error', () => reject(new SheetRefusal('too-large')));
    thread.once('exit', () => {
      clearTimeout(limit);
      reject(new SheetRefusal('too-large'));
    });
  });
}

/**
 * The last file started: the next one waits for it, so that twenty people at nine o'clock use one processor
 * and not all the memory.
 */
let before: Promise<unknown> = Promise.resolve();

/** Reads the sheets of a file in a separate thread, without blocking the process. */
function readInThread(file: File): Promise<RawSheet[]> {
  const sheets = before.then(() => read(file));
  before = sheets.catch(() => undefined);
  return sheets;
}

const UTF16_LE = [0xff, 0xfe];
const DELIMITERS = [';', ',', '\t', '|'];

/**
 * Returns the text of a file: UTF-8 if it is valid, UTF-16 if marked as such (Excel's "Unicode text"), else
 * Windows' Western encoding.
 */
function decoded(bytes: Buffer): string {
  if (UTF16_LE.every((byte, i) => bytes[i] === byte)) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/**
 * Returns the delimiter: the one that most of the first lines have, most alike; texts may hold more of
 * another. Excel may state it in a line of its own.
 */
function delimiterOf(text: string): string {
  const told = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const first = text
    .slice(0, 5_000)
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n/);
  const [best] = DELIMITERS.map((sign) => {
    const counts = first.map((line) => line.split(sign).length - 1).filter((count) => count > 0);
    return { sign, lines: counts.length, kinds: new Set(counts).size, most: Math.max(...counts) };
  }).sort((a, b) => b.lines - a.lines || a.kinds - b.kinds || b.most - a.most);
  return told ?? best!.sign;
}

/** Returns the lines of a CSV file, cells as texts. */
async function readCsv(bytes: Buffer, mostLines: number): Promise<string[][]> {
  const text = decoded(bytes).replace(/^\ufeff/, '');
  if (text.includes('\0')) throw new SheetRefusal('other-file');
  const options = {
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    to: mostLines + 1,
    max_record_size: 200_000,
  };
  const [sheet] = await readInThread({ text: text.replace(/^sep=.\r?\n/i, ''), options });
  if (sheet!.rows.length > mostLines) throw new SheetRefusal('too-many-lines');
  return sheet!.rows;
}

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

/** So many positions are looked at without a pause. */
const PLACES_AT_A_TIME = 10_000;

/** A single cell far to the lower right makes a table of billions, nearly all of them empty. */
async function checkExtent({ data }: Entry, mostLines: number): Promise<void> {
  const xml = data.toString('utf8');
  if (HIDDEN_PLACE.test(xml)) throw new SheetRefusal('broken');
  let places = 0;
  for (const [, column, line] of xml.matchAll(PLACE)) {
    // Rows declare a position as well.
    if ((places += 1) > 2 * MOST_CELLS) throw new SheetRefusal('too-large');
    if (Number(line) > mostLines) throw new SheetRefusal('too-many-lines');
    if (columnNumber(column!) > MOST_COLUMNS) throw new SheetRefusal('too-large');
    if (places % PLACES_AT_A_TIME === 0) await setImmediate();
  }
}

async function checked(bytes: Buffer, mostLines: number): Promise<Entry[]> {
  try {
    const entries = await unpacked(bytes, MOST_UNPACKED);
    if (!entries.some((e) => e.name === 'xl/workbook.xml')) throw new SheetRefusal('other-file');
    for (const entry of entries) if (SHEET_FILE.test(entry.name)) await checkExtent(entry, mostLines);
    return entries;
  } catch (error) {
    throw error instanceof ZipRefusal ? new SheetRefusal(error.why) : error;
  }
}

/**
 * Returns the sheets of an Excel workbook, after checking how large they are. Only what was checked is read:
 * two libraries may find different files in one archive.
 */
async function readXlsx(bytes: Buffer, mostLines: number): Promise<RawSheet[]> {
  const entries = await checked(bytes, mostLines);
  return readInThread({ files: Object.fromEntries(entries.map(({ name, data }) => [name, data])) });
}

export const MOST_LINES = 5_000;
export const MOST_BYTES = 2_000_000;
/** Room for a title, a legend and the headings above the lines. */
const LINES_ABOVE = 20;

/** Compound files: Excel before 2007, and every workbook with a password. */
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
/** The stream that holds a workbook with a password, its name in UTF-16. */
const ENCRYPTED_STREAM = Buffer.from('EncryptedPackage', 'utf16le');
const ZIP = Buffer.from('PK\x03\x04');
const PDF = Buffer.from('%PDF');
const WEB_PAGE = /^\ufeff?\s*(<!doctype html|<html|<\?xml|<table|<meta)/i;

/** A workbook stores a text once that appears in a thousand cells; read out, it is there a thousand times. */
const MOST_TEXT = 8_000_000;
function withinLimits(sheets: RawSheet[]): RawSheet[] {
  const size = sheets.reduce(
    (sum, { rows }) => sum + rows.reduce((n, row) => n + row.reduce((m, cell) => m + cell.length, 0), 0),
    0,
  );
  if (size > MOST_TEXT) throw new SheetRefusal('too-large');
  return sheets.map(({ name, rows }) => ({
    name: storable(name),
    rows: rows.map((row) => row.map(storable)),
  }));
}

const begins = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);

/**
 * Returns the sheets of an Excel workbook or a CSV, judged by content and not by name. Any other file is
 * refused with the reason.
 */
export async function readSheets(bytes: Buffer, name = ''): Promise<RawSheet[]> {
  if (bytes.length === 0) throw new SheetRefusal('empty');
  if (bytes.length > MOST_BYTES) throw new SheetRefusal('too-large');
  if (begins(bytes, COMPOUND))
    throw new SheetRefusal(bytes.includes(ENCRYPTED_STREAM) ? 'encrypted' : 'old-excel');
  if (begins(bytes, PDF)) throw new SheetRefusal('other-file');
  if (WEB_PAGE.test(bytes.toString('latin1', 0, 300))) throw new SheetRefusal('web-page');
  const sheets = begins(bytes, ZIP)
    ? await readXlsx(bytes, MOST_LINES + LINES_ABOVE)
    : [{ name, rows: await readCsv(bytes, MOST_LINES + LINES_ABOVE) }];
  const filled = sheets.filter(({ rows }) => rows.some((row) => row.some((cell) => cell !== '')));
  if (filled.length === 0) throw new SheetRefusal('empty');
  return withinLimits(filled);
}
