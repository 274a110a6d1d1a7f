import type * as Docx from 'docx';
import type { Block, Document, Words } from '../../kernel/document.js';
import { LOCALES } from '../../kernel/language.js';
import { LOOK, percents, plain, runsOf } from './runs.js';

type Writer = typeof Docx;
/** Word uses twentieths of a point for lengths, and half-points for letters. */
const twips = (points: number): number => points * 20;
const half = (points: number): number => points * 2;

const runs = ({ TextRun, ExternalHyperlink }: Writer, words: Words) =>
  runsOf(words).map(({ text, bold, italic, href }) =>
    href === undefined
      ? new TextRun({ text, bold, italics: italic })
      : new ExternalHyperlink({
          link: href,
          children: [new TextRun({ text, bold, italics: italic, style: 'Hyperlink' })],
        }),
  );

function cell(
  docx: Writer,
  words: Words,
  width: number,
  { right = false, ground }: { right?: boolean; ground?: string } = {},
): Docx.TableCell {
  return new docx.TableCell({
    width: { size: width, type: docx.WidthType.PERCENTAGE },
    margins: { top: 50, bottom: 50, left: 80, right: 80 },
    ...(ground && { shading: { type: docx.ShadingType.CLEAR, fill: ground, color: 'auto' } }),
    children: [
      new docx.Paragraph({
        style: 'Cell',
        alignment: right ? docx.AlignmentType.RIGHT : docx.AlignmentType.LEFT,
        children: runs(docx, words),
      }),
    ],
  });
}

/** Rules between rows only, as on our pages. */
function table(docx: Writer, rows: Docx.TableRow[], widths: number[]): Docx.Table {
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' };
  return new docx.Table({
    rows,
    width: { size: 100, type: docx.WidthType.PERCENTAGE },
    // For programs that ignore percentages: the width of A4 between its margins.
    columnWidths: widths.map((share) => Math.round((share / 100) * (11_906 - 2 * twips(LOOK.margin)))),
    borders: {
      ...{ top: none, bottom: none, left: none, right: none, insideVertical: none },
      insideHorizontal: { style: docx.BorderStyle.SINGLE, size: 4, color: LOOK.line },
    },
  });
}

function blockOf(docx: Writer, block: Block): (Docx.Paragraph | Docx.Table)[] {
  const { Paragraph, TableRow, HeadingLevel } = docx;
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          keepNext: true,
          children: runs(docx, block.text),
        }),
      ];
    case 'paragraph':
      return [new Paragraph({ ...(block.small && { style: 'Small' }), children: runs(docx, block.words) })];
    case 'list':
      return block.items.map(
        (words) =>
          new Paragraph({
            style: 'ListParagraph',
            bullet: { level: 0 },
            indent: { left: 300, hanging: 200 },
            children: runs(docx, words),
          }),
      );
    case 'facts': {
      const widths = [LOOK.names, 100 - LOOK.names];
      const rows = block.rows.map(
        ([name, words]) =>
          new TableRow({
            cantSplit: true,
            children: [cell(docx, [{ text: name, bold: true }], widths[0]!), cell(docx, words, widths[1]!)],
          }),
      );
      return [table(docx, rows, widths), new Paragraph({ style: 'Gap' })];
    }
    case 'table': {
      const widths = percents(block);
      const side = (i: number) => ({ right: block.numbers?.includes(i) ?? false });
      const head = block.head.map((text, i) =>
        cell(docx, [{ text, bold: true }], widths[i]!, { ...side(i), ground: LOOK.ground }),
      );
      const rows = block.rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((words, i) => cell(docx, words, widths[i]!, side(i))),
          }),
      );
      const all = [new TableRow({ tableHeader: true, cantSplit: true, children: head }), ...rows];
      // Word merges adjacent tables that have no paragraph between them.
      return [table(docx, all, widths), new Paragraph({ style: 'Gap' })];
    }
  }
}

/** Styles by their names in Word, so that an editor can change all headings at once. */
const styles = (language: Document['language']): Docx.IStylesOptions => ({
  default: {
    document: {
      run: { font: 'Calibri', size: half(LOOK.text), language: { value: LOCALES[language] } },
      paragraph: { spacing: { after: twips(5), line: 259 } },
    },
    title: {
      run: { size: half(LOOK.title), bold: true },
      paragraph: { spacing: { after: twips(6), line: 240 } },
    },
    heading1: {
      run: { size: half(LOOK.heading[1]), bold: true, color: LOOK.accent },
      paragraph: { spacing: { before: twips(10), after: twips(3) } },
    },
    heading2: {
      run: { size: half(LOOK.heading[2]), bold: true, color: LOOK.accent },
      paragraph: { spacing: { before: twips(6), after: twips(3) } },
    },
    listParagraph: { paragraph: { spacing: { after: twips(2) } } },
    hyperlink: { run: { color: LOOK.accent, underline: {} } },
  },
  paragraphStyles: [
    {
      id: 'Small',
      name: 'Small',
      basedOn: 'Normal',
      quickFormat: true,
      run: { size: half(LOOK.small), color: LOOK.muted },
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

function foot(docx: Writer, document: Document): Docx.Footer {
  const { Footer, Paragraph, TextRun, PageNumber, TabStopType } = docx;
  return new Footer({
    children: [
      new Paragraph({
        style: 'Small',
        tabStops: [{ type: TabStopType.RIGHT, position: 11_906 - 2 * twips(LOOK.margin) }],
        children: [
          ...runs(docx, document.foot),
          new TextRun({ children: ['\t', PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });
}

/** Returns an editable document for Word and LibreOffice. The library is loaded with the first one. */
export async function writeDocx(document: Document): Promise<Buffer> {
  const docx = await import('docx');
  const { Paragraph, HeadingLevel, Packer } = docx;
  const margin = twips(LOOK.margin);
  const file = new docx.Document({
    title: plain(document.title),
    creator: '',
    styles: styles(document.language),
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: margin, bottom: margin, left: margin, right: margin },
          },
        },
        footers: { default: foot(docx, document) },
        children: [
          ...(document.above === undefined
            ? []
            : [new Paragraph({ style: 'Small', children: runs(docx, document.above) })]),
          new Paragraph({ heading: HeadingLevel.TITLE, children: runs(docx, document.title) }),
          ...document.blocks.flatMap((block) => blockOf(docx, block)),
        ],
      },
    ],
  });
  return Packer.toBuffer(file);
}
