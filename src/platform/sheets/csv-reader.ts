import { parse } from 'csv-parse/sync';
import { SheetRefusal } from './sheet-refusal.js';

const UTF16_LE = [0xff, 0xfe];
const DELIMITERS = [';', ',', '\t', '|'];
/** The apostrophe that our own tables put before what a spreadsheet would take for a formula. */
const GUARD = /^'(?=\s*[=+\-@\t\r＝＋－＠])/;

/** The text of a file: UTF-8 where it is that, UTF-16 where it says so ("Unicode text" of Excel), Windows' Western encoding else. */
function decoded(bytes: Buffer): string {
  if (UTF16_LE.every((byte, i) => bytes[i] === byte)) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The sign that parts cells: the one that parts the first lines into most cells. Excel may say it in a line of its own. */
function delimiterOf(text: string): string {
  const told = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const first = text.slice(0, 5_000).replace(/"[^"]*"/g, '');
  return told ?? DELIMITERS.map((sign) => ({ sign, count: first.split(sign).length })).sort((a, b) => b.count - a.count)[0]!.sign;
}

/** The lines of a CSV, cells as texts. */
export function readCsv(bytes: Buffer, mostLines: number): string[][] {
  const text = decoded(bytes).replace(/^\ufeff/, '');
  if (text.includes('\0')) throw new SheetRefusal('other-file');
  try {
    const rows = parse(text.replace(/^sep=.\r?\n/i, ''), {
      delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, to: mostLines + 1, max_record_size: 200_000,
    });
    if (rows.length > mostLines) throw new SheetRefusal('too-many-lines');
    return rows.map((row) => row.map((cell) => cell.replace(GUARD, '').trim()));
  } catch (error) {
    throw error instanceof SheetRefusal ? error : new SheetRefusal('broken');
  }
}
