import { getCellAddress, getSelfClosingTagMarkup, sanitizeTextContent } from 'write-excel-file/utility';
import type { Table } from '../../spreadsheets/domain/table.js';

const SHEET = 'xl/worksheets/sheet{id}.xml';
const RELATIONS = 'xl/worksheets/_rels/sheet{id}.xml.rels';
const WORKBOOK = 'xl/workbook.xml';
const HYPERLINK = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';

/**
 * An addition to a file of a workbook: below the element `parent` in the required order, in place of a text
 * that it `replaces`, or, without either, where the writer allows additions.
 */
export interface Addition {
  file: typeof SHEET | typeof RELATIONS | typeof WORKBOOK;
  markup: string;
  parent?: string;
  replaces?: string;
}

const absolute = (address: string): string => address.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2');

/** Returns the arrows in the header row that filter and sort the lines. */
export function autoFilter({ name, columns, rows }: Table): Addition[] {
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
export function hyperlinks(table: Table): Addition[] {
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
