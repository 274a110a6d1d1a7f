import { foldLine } from '../../calls/domain/visible-text.js';
import type { CheckResult } from './check.js';

const HEADS = ['Assumption', 'Seen', 'As expected', 'What follows'];
/** The share of the width for each column; the third is as wide as its header. */
const SHARES = [0.3, 0.36, 0, 0.34];
const GAP = '  ';
const LEAST = 12;

const VERDICTS = new Map<boolean | null, string>([
  [true, 'yes'],
  [false, 'NO'],
  [null, 'not seen'],
]);

/** Wraps a text to lines of at most `width` characters, at spaces if there are any. */
function lines(text: string, width: number): string[] {
  const done: string[] = [];
  let line = '';
  for (const word of foldLine(text)
    .split(' ')
    .flatMap((w) => pieces(w, width))) {
    if (line && line.length + 1 + word.length > width) {
      done.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...done, line];
}

const pieces = (word: string, width: number): string[] =>
  word.length <= width
    ? [word]
    : Array.from({ length: Math.ceil(word.length / width) }, (_, i) =>
        word.slice(i * width, (i + 1) * width),
      );

function row(cells: string[], widths: number[]): string[] {
  const columns = cells.map((cell, i) => lines(cell, widths[i]!));
  const height = Math.max(...columns.map((c) => c.length));
  return Array.from({ length: height }, (_, n) =>
    columns
      .map((c, i) => (c[n] ?? '').padEnd(widths[i]!))
      .join(GAP)
      .trimEnd(),
  );
}

/** Formats the results as a table for a terminal of the given width. */
export function checkTable(results: readonly CheckResult[], width: number): string {
  const rest = width - HEADS[2]!.length - GAP.length * (HEADS.length - 1);
  const widths = SHARES.map((share, i) =>
    share ? Math.max(LEAST, Math.floor(rest * share)) : HEADS[i]!.length,
  );
  const cells = results.map((r) => [r.assumption, r.seen, VERDICTS.get(r.holds)!, r.consequence]);
  return [
    ...row(HEADS, widths),
    widths.map((w) => '-'.repeat(w)).join(GAP),
    ...cells.flatMap((c) => row(c, widths)),
  ].join('\n');
}
