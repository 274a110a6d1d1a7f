import type { Feature } from 'write-excel-file/node';
import { getCellAddress, getOrderOfSiblings, getSelfClosingTagMarkup, insertElementMarkupAccordingToOrderOfSiblings, sanitizeTextContent } from 'write-excel-file/utility';
import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import type { Table } from '../../domain/sheet/table.js';

type Part = Feature<Stream | Buffer | Blob>;

const SHEET = 'xl/worksheets/sheet{id}.xml';
const RELATIONS = 'xl/worksheets/_rels/sheet{id}.xml.rels';
const WORKBOOK = 'xl/workbook.xml';
const HYPERLINK = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink';

/** Excel wants the parts of a file in the order of ECMA-376, and calls the file damaged else. */
function inserted(xml: string, markup: string, file: typeof SHEET | typeof WORKBOOK, parent: string): string {
  const order = getOrderOfSiblings(file, parent);
  if (!order) throw new Error(`the order of the parts of ${file} is not known`);
  return insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, parent);
}

const absolute = (address: string): string => address.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2');

/** Arrows at the head with which lines are filtered and sorted. */
export function autoFilter({ name, columns, rows }: Table): Part {
  const last = getCellAddress(rows.length, columns.length - 1);
  // Excel keeps the range under this name as well, and other programs look for it there.
  const range = sanitizeTextContent(`'${name.replaceAll("'", "''")}'!$A$1:${absolute(last)}`);
  const named = `<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${range}</definedName>`;
  return {
    files: {
      transform: {
        [SHEET]: { transform: (xml) => inserted(xml, getSelfClosingTagMarkup('autoFilter', { ref: `A1:${last}` }), SHEET, 'worksheet') },
        [WORKBOOK]: { transform: (xml) => xml.replace('<definedNames/>', `<definedNames>${named}</definedNames>`) },
      },
    },
  };
}

interface Placed { address: string; href: string; id: string }

const linksIn = ({ rows }: Table): Placed[] =>
  rows.flatMap((row, r) => row.flatMap((cell, c) => (cell !== null && typeof cell === 'object' && 'href' in cell ? [{ address: getCellAddress(r + 1, c), href: cell.href }] : [])))
    .map((link, i) => ({ ...link, id: `rId-link-${i + 1}` }));

/** Addresses that open with a click. They are links of the sheet and no formulas: nothing in a foreign text is ever worked out. */
export function hyperlinks(table: Table): Part {
  const links = linksIn(table);
  const marked = links.map(({ address, id }) => getSelfClosingTagMarkup('hyperlink', { ref: address, 'r:id': id })).join('');
  const related = links.map(({ href, id }) => getSelfClosingTagMarkup('Relationship', { Id: id, Type: HYPERLINK, Target: href, TargetMode: 'External' })).join('');
  return {
    files: {
      transform: links.length === 0 ? {} : {
        [SHEET]: { transform: (xml) => inserted(xml, `<hyperlinks>${marked}</hyperlinks>`, SHEET, 'worksheet') },
        [RELATIONS]: { insert: () => related },
      },
    },
  };
}
