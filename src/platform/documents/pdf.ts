import { setImmediate } from 'node:timers/promises';
import type { Content, ContentColumns, ContentText, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Block, Document, Words } from '../../kernel/document.js';
import { FileThread } from '../threads/file-thread.js';
import { LOOK, percents, plain, runsOf } from './word.js';

const hex = (colour: string): string => `#${colour}`;
const text = (words: Words): ContentText => ({
  text: runsOf(words).map(({ text, bold, italic, href }) => ({
    text,
    ...(bold && { bold }),
    ...(italic && { italics: true }),
    ...(href !== undefined && {
      link: href,
      color: hex(LOOK.accent),
      decoration: 'underline' as const,
    }),
  })),
});

function tableOf(block: Extract<Block, { kind: 'table' }>): Content {
  const side = (i: number) => ({
    alignment: block.numbers?.includes(i) ? ('right' as const) : ('left' as const),
  });
  const head = block.head.map((name, i) => ({
    text: plain(name),
    bold: true,
    fillColor: hex(LOOK.ground),
    ...side(i),
  }));
  const rows = block.rows.map((row) => row.map((words, i) => ({ ...text(words), ...side(i) })));
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: percents(block).map((share) => `${share}%`),
      body: [head, ...rows],
    },
    layout: 'ruled',
    fontSize: 9,
    margin: [0, 2, 0, 8],
  };
}

function contentOf(block: Block): Content {
  switch (block.kind) {
    case 'heading':
      return {
        text: plain(block.text),
        fontSize: LOOK.heading[block.level],
        bold: true,
        color: hex(LOOK.accent),
        headlineLevel: block.level,
        margin: [0, block.level === 1 ? 10 : 6, 0, 3],
      };
    case 'paragraph':
      return {
        ...text(block.words),
        ...(block.small && { fontSize: LOOK.small, color: hex(LOOK.muted) }),
        margin: [0, 0, 0, 5],
      };
    case 'list':
      return { ul: block.items.map(text), markerColor: hex(LOOK.muted), margin: [0, 0, 0, 5] };
    case 'facts':
      return {
        table: {
          dontBreakRows: true,
          widths: [`${LOOK.names}%`, `${100 - LOOK.names}%`],
          body: block.rows.map(([name, words]) => [{ text: plain(name), bold: true }, text(words)]),
        },
        layout: 'ruled',
        margin: [0, 2, 0, 6],
      };
    case 'table':
      return tableOf(block);
  }
}

const definitionOf = (document: Document): Omit<TDocumentDefinitions, 'content'> => ({
  pageSize: 'A4',
  pageMargins: LOOK.margin,
  info: { title: plain(document.title) },
  language: document.language,
  displayTitle: true,
  defaultStyle: { font: 'Roboto', fontSize: LOOK.text, lineHeight: 1.15 },
});

const headOf = ({ above, title }: Document): Content[] => [
  ...(above === undefined
    ? []
    : [{ text: plain(above), color: hex(LOOK.muted), margin: [0, 0, 0, 2] } as Content]),
  { text: plain(title), fontSize: LOOK.title, bold: true, lineHeight: 1.05, margin: [0, 0, 0, 6] },
];

const footOf = (document: Document): ContentColumns => ({
  columns: [{ text: plain(document.foot), width: '*' }],
  columnGap: 12,
  fontSize: 8,
  color: hex(LOOK.muted),
  margin: [LOOK.margin, 16, LOOK.margin, 0],
});

/** The input of the thread: block by block, then what the document is. */
async function* partsOf(document: Document): AsyncGenerator<object> {
  yield { content: headOf(document) };
  for (const block of document.blocks) {
    yield { content: [contentOf(block)] };
    await setImmediate();
  }
  yield { definition: definitionOf(document), foot: footOf(document), line: hex(LOOK.line) };
}

const PRINTER = new FileThread(
  new URL('./pdf-worker.mjs', import.meta.url),
  (code) => `The thread that prints a document ended with ${code}, and printed none.`,
);

/** Returns a document as PDF, without blocking the process. */
export const writePdf = (document: Document): Promise<Buffer> => PRINTER.make(() => partsOf(document));
