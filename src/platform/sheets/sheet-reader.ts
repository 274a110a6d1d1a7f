import { readCsv } from './csv-reader.js';
import { SheetRefusal } from './sheet-refusal.js';
import type { RawSheet } from './sheet-thread.js';
import { readXlsx } from './xlsx-reader.js';

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
/** NUL and lone surrogates: the database stores neither. */
const UNSTORABLE = /[\0\p{Surrogate}]/gu;

function storable(sheets: RawSheet[]): RawSheet[] {
  const size = sheets.reduce(
    (sum, { rows }) => sum + rows.reduce((n, row) => n + row.reduce((m, cell) => m + cell.length, 0), 0),
    0,
  );
  if (size > MOST_TEXT) throw new SheetRefusal('too-large');
  return sheets.map(({ name, rows }) => ({
    name: name.replace(UNSTORABLE, ''),
    rows: rows.map((row) => row.map((cell) => cell.replace(UNSTORABLE, ''))),
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
  return storable(filled);
}
