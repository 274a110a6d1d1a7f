// Writes documents for Word in a separate thread: loading the library takes half a second, and a long document
// several, in which a process would answer nobody. Plain JavaScript, since a thread starts from a file that
// Node can read; texts and addresses are checked by the caller.
import { parentPort } from 'node:worker_threads';
import {
  AlignmentType,
  BorderStyle,
  Document,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from 'docx';

/** Word uses twentieths of a point for lengths, and half-points for letters. */
const twips = (points) => points * 20;
const half = (points) => points * 2;
/** A4, in twips. */
const PAGE = { width: 11_906, height: 16_838 };

const textRuns = (runs) =>
  runs.map(({ text, bold, italic, href }) =>
    href === undefined
      ? new TextRun({ text, bold, italics: italic })
      : new ExternalHyperlink({
          link: href,
          children: [new TextRun({ text, bold, italics: italic, style: 'Hyperlink' })],
        }),
  );

const cell = (runs, width, { right = false, ground } = {}) =>
  new TableCell({
    width: { size: width, type: WidthType.PERCENTAGE },
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    ...(ground && { shading: { type: ShadingType.CLEAR, fill: ground, color: 'auto' } }),
    children: [
      new Paragraph({
        style: 'Cell',
        alignment: right ? AlignmentType.RIGHT : AlignmentType.LEFT,
        children: textRuns(runs),
      }),
    ],
  });

/** Rules between rows only, as on our pages. */
function table(rows, widths, look) {
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
  return new Table({
    rows,
    width: { size: 100, type: WidthType.PERCENTAGE },
    // For programs that ignore percentages: the width of A4 between its margins.
    columnWidths: widths.map((share) => Math.round((share / 100) * (PAGE.width - 2 * twips(look.margin)))),
    borders: {
      ...{ top: none, bottom: none, left: none, right: none, insideVertical: none },
      insideHorizontal: { style: BorderStyle.SINGLE, size: 4, color: look.line },
    },
  });
}

/** Word merges adjacent tables that have no paragraph between them. */
const gap = () => new Paragraph({ style: 'Gap' });

const BLOCKS = {
  heading: ({ level, runs }) => [
    new Paragraph({
      heading: level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
      keepNext: true,
      children: textRuns(runs),
    }),
  ],
  paragraph: ({ runs, small }) => [
    new Paragraph({ ...(small && { style: 'Small' }), children: textRuns(runs) }),
  ],
  list: ({ items }) =>
    items.map(
      (runs) =>
        new Paragraph({
          style: 'ListParagraph',
          bullet: { level: 0 },
          indent: { left: 300, hanging: 200 },
          children: textRuns(runs),
        }),
    ),
  facts: ({ rows }, look) => {
    const widths = [look.names, 100 - look.names];
    const lines = rows.map(
      (row) => new TableRow({ cantSplit: true, children: row.map((runs, i) => cell(runs, widths[i])) }),
    );
    return [table(lines, widths, look), gap()];
  },
  table: ({ head, rows, widths, numbers }, look) => {
    const side = (i) => ({ right: numbers.includes(i) });
    const line = (runs, more) => runs.map((words, i) => cell(words, widths[i], { ...side(i), ...more }));
    const all = [
      new TableRow({ tableHeader: true, cantSplit: true, children: line(head, { ground: look.ground }) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: line(row) })),
    ];
    return [table(all, widths, look), gap()];
  },
};

/** Styles by their names in Word, so that an editor can change all headings at once. */
const styles = (locale, look) => ({
  default: {
    document: {
      run: { font: 'Calibri', size: half(look.text), language: { value: locale } },
      paragraph: { spacing: { after: twips(5), line: 259 } },
    },
    title: {
      run: { size: half(look.title), bold: true },
      paragraph: { spacing: { after: twips(6), line: 240 } },
    },
    heading1: {
      run: { size: half(look.heading[1]), bold: true, color: look.accent },
      paragraph: { spacing: { before: twips(10), after: twips(3) } },
    },
    heading2: {
      run: { size: half(look.heading[2]), bold: true, color: look.accent },
      paragraph: { spacing: { before: twips(6), after: twips(3) } },
    },
    listParagraph: { paragraph: { spacing: { after: twips(2) } } },
    hyperlink: { run: { color: look.accent, underline: {} } },
  },
  paragraphStyles: [
    {
      id: 'Small',
      name: 'Small',
      basedOn: 'Normal',
      quickFormat: true,
      run: { size: half(look.small), color: look.muted },
    },
    { id: 'Cell', name: 'Cell', basedOn: 'Normal', paragraph: { spacing: { after: 0 } } },
    {
      id: 'Gap',
      name: 'Gap',
      basedOn: 'Normal',
      run: { size: half(4) },
      paragraph: { spacing: { after: 0, line: 120 } },
    },
  ],
});

const foot = (runs, look) =>
  new Footer({
    children: [
      new Paragraph({
        style: 'Small',
        tabStops: [{ type: TabStopType.RIGHT, position: PAGE.width - 2 * twips(look.margin) }],
        children: [
          ...textRuns(runs),
          new TextRun({ children: ['\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });

function written({ name, title, above, locale, foot: footRuns, look }, blocks) {
  const margin = twips(look.margin);
  return Packer.toBuffer(
    new Document({
      title: name,
      creator: '',
      styles: styles(locale, look),
      sections: [
        {
          properties: {
            page: { size: PAGE, margin: { top: margin, bottom: margin, left: margin, right: margin } },
          },
          footers: { default: foot(footRuns, look) },
          children: [
            ...(above ? [new Paragraph({ style: 'Small', children: textRuns(above) })] : []),
            new Paragraph({ heading: HeadingLevel.TITLE, children: textRuns(title) }),
            ...blocks.flatMap((block) => BLOCKS[block.kind](block, look)),
          ],
        },
      ],
    }),
  );
}

/** The blocks of the document under way; what it is comes behind them. */
let blocks = [];

parentPort.on('message', async ({ block, document }) => {
  if (block) return void blocks.push(block);
  const whole = blocks;
  blocks = [];
  const bytes = new Uint8Array(await written(document, whole));
  parentPort.postMessage(bytes, [bytes.buffer]);
});
