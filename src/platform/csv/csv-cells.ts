const [QUOTE, SEMICOLON, LF, CR] = [0x22, 0x3b, 0x0a, 0x0d];

/** A row out of bytes: its cells, the place behind it, and how many lines it takes. */
export interface CutRow { cells: string[]; end: number; lines: number }

const isEnd = (bytes: Buffer, at: number): boolean => at >= bytes.length || bytes[at] === SEMICOLON || bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);

/** Where a quoted cell ends: the place of its closing quote; null where the bytes end before. */
function closing(bytes: Buffer, from: number): number | null {
  for (let at = bytes.indexOf(QUOTE, from); at !== -1; at = bytes.indexOf(QUOTE, at)) {
    if (bytes[at + 1] === QUOTE) at += 2;
    // A quote that nobody doubled closes nothing unless the cell could end there.
    else if (isEnd(bytes, at + 1)) return at;
    else at += 1;
  }
  return null;
}

function plainEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (!isEnd(bytes, at)) at += 1;
  return at;
}

function linesIn(bytes: Buffer, from: number, to: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF, from); at !== -1 && at < to; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

/** A cell from its first byte on: its text and the place behind it; null where a quote that opens it is not closed. */
function cellAt(bytes: Buffer, from: number): { text: string; end: number } | null {
  if (bytes[from] !== QUOTE) {
    const end = plainEnd(bytes, from);
    return { text: bytes.toString('utf8', from, end), end };
  }
  const end = closing(bytes, from + 1);
  if (end === null) return null;
  const text = bytes.toString('utf8', from + 1, end);
  return { text: text.includes('""') ? text.replaceAll('""', '"') : text, end: end + 1 };
}

/**
 * The row that begins at a place; null where the bytes end before it does. `whole`: nothing follows the bytes. Semicolons
 * part cells, quotes hold them together and are doubled inside; published files do not double all of them, and a stray one
 * must not take the rows behind it along.
 */
export function cutRow(bytes: Buffer, from: number, whole: boolean): CutRow | null {
  const cells: string[] = [];
  for (let at = from; ;) {
    const cell = cellAt(bytes, at);
    if (!cell) return null;
    cells.push(cell.text);
    at = cell.end;
    if (at >= bytes.length) return whole ? { cells, end: at, lines: linesIn(bytes, from, at) } : null;
    if (bytes[at] === SEMICOLON) {
      at += 1;
      continue;
    }
    const end = at + (bytes[at] === CR ? 2 : 1);
    return { cells, end, lines: linesIn(bytes, from, end) };
  }
}
