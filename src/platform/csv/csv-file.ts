import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';

/*
 * Why not csv-parse, which reads people's sheets: it does not use the number of cells, so an undoubled quote
 * before a semicolon starts another cell, and an unclosed quote swallows the rows after it.
 */

const [QUOTE, SEMICOLON, LF, CR] = [0x22, 0x3b, 0x0a, 0x0d];
/**
 * No row of a published file has this many lines: a quote was never closed. With this bound no byte is
 * scanned more often than this, however many quotes are open.
 */
const MOST_LINES = 100;

/** A row cut from bytes: its cells, the offset after it, and its number of lines. */
interface CutRow {
  cells: string[];
  end: number;
  lines: number;
}
/** No row: the bytes end too early, or a quote that opens a cell is not closed where it should be. */
type NoRow = 'more' | 'open';

/** The range of a cell's text, and the offset after the cell; `stray`: it has an undoubled quote. */
interface Cell {
  from: number;
  to: number;
  end: number;
  quoted: boolean;
  lines: number;
  stray: boolean;
}

const isEnd = (bytes: Buffer, at: number): boolean =>
  at >= bytes.length ||
  bytes[at] === SEMICOLON ||
  bytes[at] === LF ||
  (bytes[at] === CR && bytes[at + 1] === LF);

function plainCell(bytes: Buffer, from: number): Cell {
  let to = from;
  while (!isEnd(bytes, to)) to += 1;
  return { from, to, end: to, quoted: false, lines: 0, stray: false };
}

/**
 * Reads a quoted cell of at most `mostLines` line ends. An undoubled quote closes it only if the cell could
 * end there.
 */
function quotedCell(bytes: Buffer, from: number, mostLines: number): Cell | NoRow {
  let [lines, stray] = [0, false];
  for (let at = from; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === LF && ++lines > mostLines) return 'open';
    if (byte !== QUOTE) continue;
    if (bytes[at + 1] === QUOTE) at += 1;
    else if (isEnd(bytes, at + 1)) return { from, to: at, end: at + 1, quoted: true, lines, stray };
    else stray = true;
  }
  return 'more';
}

function textOf(bytes: Buffer, { from, to, quoted }: Cell): string {
  const text = bytes.toString('utf8', from, to);
  return quoted && text.includes('""') ? text.replaceAll('""', '"') : text;
}

/** Whether a line of the row, after its first, is a row by itself. */
function holdsRow(bytes: Buffer, from: number, end: number, width: number): boolean {
  for (let at = bytes.indexOf(LF, from) + 1; at > 0 && at < end; at = bytes.indexOf(LF, at) + 1) {
    const next = bytes.indexOf(LF, at);
    const row = cutRow(bytes.subarray(at, next === -1 ? end : next + 1), 0, true);
    if (typeof row !== 'string' && row.cells.length === width) return true;
  }
  return false;
}

/**
 * Cuts the row at an offset. `whole`: nothing follows the bytes. Semicolons separate cells, quotes enclose
 * them and are doubled inside; published files do not double all of them, and a stray one must not swallow
 * the rows after it. If the `width` of the rows is known, a row of several lines has an open quote if it has
 * more cells, or if it has a stray quote and a line that is a row by itself.
 */
export function cutRow(bytes: Buffer, from: number, whole: boolean, width?: number): CutRow | NoRow {
  const cells: Cell[] = [];
  let [lines, isSuspect] = [0, false];
  for (let at = from; ;) {
    const cell = bytes[at] === QUOTE ? quotedCell(bytes, at + 1, MOST_LINES - lines) : plainCell(bytes, at);
    if (typeof cell === 'string') return whole ? 'open' : cell;
    cells.push(cell);
    lines += cell.lines;
    isSuspect ||= cell.stray && cell.lines > 0;
    at = cell.end;
    if (at >= bytes.length && !whole) return 'more';
    if (width !== undefined && lines > 0 && cells.length > width) return 'open';
    if (bytes[at] === SEMICOLON) {
      at += 1;
      continue;
    }
    const isLast = at >= bytes.length;
    const end = isLast ? at : at + (bytes[at] === CR ? 2 : 1);
    if (width !== undefined && isSuspect && holdsRow(bytes, from, end, width)) return 'open';
    return { cells: cells.map((c) => textOf(bytes, c)), end, lines: lines + Number(!isLast) };
  }
}

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
  /** Whether its bytes are no UTF-8: letters of its cells are then lost. */
  garbled: boolean;
  next: CsvPlace;
}

const CHUNK = 1 << 20;
/** No row of a published file comes near this: a quote was never closed. */
const LONGEST_ROW = 1 << 20;
const MARK = Buffer.from('\ufeff');
const EMPTY = Buffer.alloc(0);

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
            yield { line, cells: row.cells, garbled: !isUtf8(bytes.subarray(at, row.end)), next };
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
