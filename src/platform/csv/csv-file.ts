import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { cutRow } from './csv-cells.js';

/** Where to resume reading a file: a byte offset, and the line that begins there. */
export interface CsvPlace {
  offset: number;
  line: number;
}
/**
 * A row of a file; `cells` is null if a quote opened in its first line is not closed properly: then only that
 * line is consumed.
 */
export interface CsvRow {
  line: number;
  cells: string[] | null;
  next: CsvPlace;
}

const CHUNK = 1 << 20;
/** No row of a published file comes near this: a quote was never closed. */
const LONGEST_ROW = 1 << 20;
const MARK = Buffer.from('\ufeff');
const EMPTY = Buffer.alloc(0);
const LF = 0x0a;

/** A CSV file in UTF-8 with semicolons, of any size: read in pieces, from any row on. */
export class CsvFile {
  constructor(readonly path: string) {}

  /** Returns its size in bytes; null if the file does not exist. */
  async size(): Promise<number | null> {
    const found = await stat(this.path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return found?.isFile() ? found.size : null;
  }

  /** Returns the SHA-256 of its content. */
  async hash(): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(this.path, { highWaterMark: CHUNK }))
      hash.update(chunk as Buffer);
    return hash.digest('hex');
  }

  /** Returns the cells of its first row, and where the following rows begin. */
  async header(): Promise<{ cells: string[]; next: CsvPlace }> {
    for await (const { cells, next } of this.rows({ offset: 0, line: 1 }))
      return { cells: cells ?? [], next };
    return { cells: [], next: { offset: 0, line: 1 } };
  }

  /**
   * Yields the rows from a place on, without empty lines. With the `width` of the header, a row of several
   * lines and another width is consumed only up to its first line end: an open quote has swallowed the rows
   * after it.
   */
  async *rows(from: CsvPlace, width?: number): AsyncGenerator<CsvRow> {
    const file = await open(this.path);
    try {
      let [rest, line]: [Buffer, number] = [EMPTY, from.line];
      for (let read = from.offset; ;) {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, read);
        const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
        const base = read - rest.length;
        let at = base === 0 && bytes.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0;
        for (
          let row = nextRow(bytes, at, bytesRead === 0, width);
          row;
          row = nextRow(bytes, at, bytesRead === 0, width)
        ) {
          const next = { offset: base + row.end, line: line + row.lines };
          if (row.cells === null || row.cells.length > 1 || row.cells[0] !== '')
            yield { line, cells: row.cells, next };
          [at, line] = [row.end, next.line];
        }
        if (bytesRead === 0) return;
        read += bytesRead;
        rest = bytes.subarray(at);
      }
    } finally {
      await file.close();
    }
  }
}

interface NextRow {
  cells: string[] | null;
  end: number;
  lines: number;
}

/** Returns a row that consumes only the first line at an offset. */
function firstLine(bytes: Buffer, at: number, cells: string[] | null): NextRow {
  const end = bytes.indexOf(LF, at);
  return { cells, end: end === -1 ? bytes.length : end + 1, lines: end === -1 ? 0 : 1 };
}

/** Returns the next row; null if more must be read first, or if nothing is left. */
function nextRow(bytes: Buffer, at: number, whole: boolean, width: number | undefined): NextRow | null {
  if (at >= bytes.length) return null;
  const row = cutRow(bytes, at, whole, width);
  if (row === 'more' && bytes.length - at < LONGEST_ROW) return null;
  if (typeof row === 'string') return firstLine(bytes, at, null);
  if (row.cells.length === width || width === undefined) return row;
  return firstLine(bytes, at, row.cells);
}
