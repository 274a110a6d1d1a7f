import { getCellAddress, getSelfClosingTagMarkup, sanitizeTextContent } from 'write-excel-file/utility';
import { setImmediate } from 'node:timers/promises';
import type { Cell as ExcelCell } from 'write-excel-file/node';
import type { Cell, CellKind, ColumnHead, Table } from '../../kernel/table.js';
import { FileThread } from '../threads/file-thread.js';

const SHEET = 'xl/worksheets/sheet{id}.xml';
const RELATIONS = 'xl/worksheets/_rels/sheet{id}.xml.rels';
const WORKBOOK = 'xl/workbook.xml';
const HYPERLINK = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';

/**
 * An addition to a file of a workbook: below the element `parent` in the required order, in place of a text
 * that it `replaces`, or, without either, where the writer allows additions.
 */
interface Addition {
  file: typeof SHEET | typeof RELATIONS | typeof WORKBOOK;
  markup: string;
  parent?: string;
  replaces?: string;
}

const absolute = (address: string): string => address.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2');

/** Returns the arrows in the header row that filter and sort the lines. */
function autoFilter({ name, columns, rows }: Table): Addition[] {
  const last = getCellAddress(rows.length, columns.length - 1);
  // Excel also keeps the range under this name, and other programs look for it there.
  const range = sanitizeTextContent(`'${name.replaceAll("'", "''")}'!$A$1:${absolute(last)}`);
  const named = `<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${range}</definedName>`;
  return [
    {
      file: SHEET,
      parent: 'worksheet',
      markup: getSelfClosingTagMarkup('autoFilter', { ref: `A1:${last}` }),
    },
    { file: WORKBOOK, replaces: '<definedNames/>', markup: `<definedNames>${named}</definedNames>` },
  ];
}

interface Placed {
  address: string;
  href: string;
  id: string;
}

const linksIn = ({ rows }: Table): Placed[] =>
  rows
    .flatMap((row, r) =>
      row.flatMap((cell, c) =>
        cell !== null && typeof cell === 'object' && 'href' in cell
          ? [{ address: getCellAddress(r + 1, c), href: cell.href }]
          : [],
      ),
    )
    .map((link, i) => ({ ...link, id: `rId-link-${i + 1}` }));

/** Returns clickable addresses: links of the sheet, not formulas. External text is never evaluated. */
function hyperlinks(table: Table): Addition[] {
  const links = linksIn(table);
  if (links.length === 0) return [];
  const marked = links
    .map(({ address, id }) => getSelfClosingTagMarkup('hyperlink', { ref: address, 'r:id': id }))
    .join('');
  const related = links
    .map(({ href, id }) =>
      getSelfClosingTagMarkup('Relationship', {
        Id: id,
        Type: HYPERLINK,
        Target: href,
        TargetMode: 'External',
      }),
    )
    .join('');
  return [
    { file: SHEET, parent: 'worksheet', markup: `<hyperlinks>${marked}</hyperlinks>` },
    { file: RELATIONS, markup: related },
  ];
}

/** The reader's own order of day, month and year, which Excel shows with the separators of its language. */
const FORMATS: Partial<Record<CellKind, string>> = {
  day: 'dd/mm/yyyy',
  moment: 'dd/mm/yyyy hh:mm',
  amount: '#,##0',
};
/** Excel's own limit for one cell. */
const LONGEST_TEXT = 32_767;
/**
 * Key, identifier and title should stay in place while the rest scrolls, but a small window has room for only
 * two of them.
 */
const STICKY_COLUMNS = 2;
const LINK_COLOUR = '#0B5C6B';
const HEAD = {
  fontWeight: 'bold',
  backgroundColor: '#E0F0F3',
  wrap: true,
  alignVertical: 'center',
  bottomBorderStyle: 'thin',
  bottomBorderColor: '#7B8A91',
} as const;

/** Characters not allowed in XML 1.0; to Excel, a file with one is damaged. */
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const text = (value: string): string => value.replace(NOT_IN_XML, '').slice(0, LONGEST_TEXT);

/**
 * A text's own apostrophes where our CSV files guard against formulas. The reader removes one of each, since
 * Excel may have saved the workbook from a CSV: each is doubled, so that the text is given back as it is.
 */
const LIKE_GUARDS = /^'(?=['\s]*[=+\-@＝＋－＠])|'(?=[=+\-@＝＋－＠])(?<=[;,|\t\r\n]["'\s]*)/g;

/** A text that a program would take for a formula, a number or a date once it is edited in a sheet. */
const MISTAKABLE = /^\s*(?:['=+\-@＝＋－＠]|\d[\d\s.,:/eE-]*$)/;

/**
 * Excel keeps a text as text anyway; a style, which takes time per cell, is set only if it is visible or
 * protects the text. The writer detects the type of a value by itself.
 */
function textCell(value: string): ExcelCell {
  const [guard, lines] = [MISTAKABLE.test(value), value.includes('\n')];
  return guard || lines
    ? { value, ...(guard && { format: '@' }), ...(lines && { wrap: true, alignVertical: 'top' }) }
    : value;
}

function cellOf(cell: Cell, { kind }: ColumnHead): ExcelCell {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'string') return textCell(text(cell.replace(LIKE_GUARDS, "''")));
  if (typeof cell === 'boolean') return cell;
  if (cell instanceof Date) return { value: cell, format: FORMATS[kind] ?? FORMATS.moment! };
  if (typeof cell === 'object')
    return { value: text(cell.text), textColor: LINK_COLOUR, textDecoration: { underline: true } };
  return kind === 'amount' ? { value: cell, format: FORMATS.amount! } : cell;
}

/** The input of the writing thread; all of it can be copied between threads. The options come last. */
type Part =
  { cells: ExcelCell[][] } | { options: { sheet: string } & Record<string, unknown>; additions: Addition[] };

/** How many rows are sent to the thread without a pause. */
const AT_A_TIME = 100;

async function* partsOf(table: Table): AsyncGenerator<Part> {
  yield { cells: [table.columns.map(({ header }) => ({ value: text(header), ...HEAD }))] };
  for (let at = 0; at < table.rows.length; at += AT_A_TIME) {
    const rows = table.rows.slice(at, at + AT_A_TIME);
    yield { cells: rows.map((row) => row.map((cell, i) => cellOf(cell, table.columns[i]!))) };
    await setImmediate();
  }
  yield {
    options: {
      sheet: table.name,
      columns: table.columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      stickyColumnsCount: STICKY_COLUMNS,
      orientation: 'landscape',
    },
    additions: [...autoFilter(table), ...hyperlinks(table)],
  };
}

const WRITER = new FileThread(
  new URL('./xlsx-worker.mjs', import.meta.url),
  (code) => `The thread that writes a workbook ended with ${code}, and wrote none.`,
);

/**
 * Returns a table as an Excel workbook of one sheet: typed cells, a fixed header with filters, clickable
 * links. Does not block the process.
 */
export const writeXlsx = (table: Table): Promise<Buffer> => WRITER.make(() => partsOf(table));
