import { SheetRefusal } from './sheet-refusal.js';
import { readInThread } from './sheet-thread.js';

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
 * Returns the delimiter: the one that splits the first lines into most cells. Excel may state it in a line of
 * its own.
 */
function delimiterOf(text: string): string {
  const told = /^sep=(.)\r?\n/i.exec(text)?.[1];
  const first = text.slice(0, 5_000).replace(/"[^"]*"/g, '');
  return (
    told ??
    DELIMITERS.map((sign) => ({ sign, count: first.split(sign).length })).sort(
      (a, b) => b.count - a.count,
    )[0]!.sign
  );
}

/** Returns the lines of a CSV file, cells as texts. */
export async function readCsv(bytes: Buffer, mostLines: number): Promise<string[][]> {
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
