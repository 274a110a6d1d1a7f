import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import type { Block, Document, Words } from '../../kernel/document.js';
import type { Language } from '../../kernel/language.js';

/** A meeting pack for a month and a group, or an offer of the network for a call or a sector. */
export type PaperKind = 'pack' | 'offer';

export const Month = z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/, issue('month'));

const MOST_SECTIONS = 20;

/**
 * A section of a paper, as people write it: an empty line ends a paragraph, a line that begins with a dash is
 * a list item, and one that begins with a bar a row of a table, whose cells bars separate; the first is its
 * head.
 */
export const PaperSection = z.strictObject({
  heading: z.string().trim().min(1).max(200),
  text: z.string().max(20_000),
});
export type PaperSection = z.infer<typeof PaperSection>;

export const PaperContent = z.strictObject({
  title: z.string().trim().min(1).max(300),
  sections: z.array(PaperSection).max(MOST_SECTIONS),
});
export type PaperContent = z.infer<typeof PaperContent>;

const POINT = '- ';
const BAR = '|';

/** A row of a table as text; a bar within a cell would end it. */
export const tableLine = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll(BAR, '/').replace(/\s+/g, ' ').trim()).join(' | ')} |`;

const cellsOf = (line: string): string[] =>
  line
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(BAR)
    .map((cell) => cell.trim());

/** A table of lines; the first column, which names things, is the widest. */
function tableOf([head = [], ...rows]: string[][]): Block {
  return {
    kind: 'table',
    head,
    rows: rows.map((row) => head.map((_, i) => wordsOf(row[i] ?? ''))),
    widths: head.map((_, i) => (i === 0 ? 5 : 2)),
  };
}
const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/;

/** Turns web addresses in a text into links. */
function wordsOf(text: string): Words {
  const parts = text.split(ADDRESS).filter((part) => part !== '');
  return parts.map((part) => (ADDRESS.test(part) ? { text: part, href: part } : part));
}

/** The blocks of a text, in order. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let points: Words[] = [];
  let rows: string[][] = [];
  const end = (): void => {
    if (lines.length) blocks.push({ kind: 'paragraph', words: wordsOf(lines.join(' ')) });
    if (points.length) blocks.push({ kind: 'list', items: points });
    if (rows.length) blocks.push(tableOf(rows));
    [lines, points, rows] = [[], [], []];
  };
  for (const line of text.split(/\r?\n/).map((l) => l.trim())) {
    if (line === '') end();
    else if (line.startsWith(POINT)) {
      if (lines.length || rows.length) end();
      points.push(wordsOf(line.slice(POINT.length).trim()));
    } else if (line.startsWith(BAR)) {
      if (lines.length || points.length) end();
      rows.push(cellsOf(line));
    } else {
      if (points.length || rows.length) end();
      lines.push(line);
    }
  }
  end();
  return blocks;
}

/** A paper as a document. Sections without text are left out. */
export const documentOf = (
  { title, sections }: PaperContent,
  { language, above, foot }: { language: Language; above: string; foot: string },
): Document => ({
  title,
  above,
  language,
  foot,
  blocks: sections
    .filter(({ text }) => text.trim() !== '')
    .flatMap(({ heading, text }) => [
      { kind: 'heading', level: 1, text: heading } as const,
      ...blocksOf(text),
    ]),
});
