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
export interface CutRow {
  cells: string[];
  end: number;
  lines: number;
}
/** No row: the bytes end too early, or a quote that opens a cell is not closed where it should be. */
export type NoRow = 'more' | 'open';

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
