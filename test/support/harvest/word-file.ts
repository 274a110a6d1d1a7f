import { zipSync, strToU8 } from 'fflate';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const style = (id: string, name: string) =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;

/** Words of a run; `<w:t>` keeps its blanks. */
export const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const by = 'w:id="1" w:author="A" w:date="2027-01-01T00:00:00Z"';
export const inserted = (runs: string): string => `<w:ins ${by}>${runs}</w:ins>`;
export const deleted = (text: string): string =>
  `<w:del ${by}><w:r><w:delText xml:space="preserve">${text}</w:delText></w:r></w:del>`;
export const note = `<w:r><w:footnoteReference w:id="2"/></w:r>`;

/** A paragraph of runs; one whose end is deleted goes on in the next. */
export const paragraph = (runs: string, { as, gone }: { as?: string; gone?: boolean } = {}): string =>
  `<w:p><w:pPr>${as ? `<w:pStyle w:val="${as}"/>` : ''}${gone ? `<w:rPr><w:del ${by}/></w:rPr>` : ''}</w:pPr>${runs}</w:p>`;
export const heading = (level: number, runs: string): string => paragraph(runs, { as: `Heading${level}` });

/** A row of cells, each a text or paragraphs; `gone` deletes it. */
export const row = (cells: string[], gone = false): string =>
  `<w:tr>${gone ? `<w:trPr><w:del ${by}/></w:trPr>` : ''}${cells
    .map((cell) => `<w:tc>${cell.startsWith('<') ? cell : paragraph(run(cell))}</w:tc>`)
    .join('')}</w:tr>`;
export const table = (...rows: string[]): string => `<w:tbl>${rows.join('')}</w:tbl>`;

/** Makes a Word file with this body, and a footnote that runs may refer to. */
export function wordFile(...body: string[]): Buffer {
  const part = (text: string) => strToU8(`${HEAD}${text}`);
  const types = ['document', 'styles', 'footnotes']
    .map(
      (name) =>
        `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${name === 'document' ? 'document.main' : name}+xml"/>`,
    )
    .join('');
  const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = (...links: string[]) =>
    part(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}</Relationships>`,
    );
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${related}/${type}" Target="${target}"/>`;
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': part(
        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types}</Types>`,
      ),
      '_rels/.rels': relations(relation('r1', 'officeDocument', 'word/document.xml')),
      'word/_rels/document.xml.rels': relations(
        relation('r1', 'styles', 'styles.xml'),
        relation('r2', 'footnotes', 'footnotes.xml'),
      ),
      'word/styles.xml': part(
        `<w:styles ${W}>${style('TOC1', 'toc 1')}${[1, 2, 3].map((n) => style(`Heading${n}`, `heading ${n}`)).join('')}</w:styles>`,
      ),
      'word/footnotes.xml': part(
        `<w:footnotes ${W}><w:footnote w:id="2">${paragraph(run('A note that is no part of a sentence.'))}</w:footnote></w:footnotes>`,
      ),
      'word/document.xml': part(`<w:document ${W}><w:body>${body.join('')}</w:body></w:document>`),
    }),
  );
}
