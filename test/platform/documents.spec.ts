import type { Document } from '../../src/kernel/document.js';
import { writeDocx } from '../../src/platform/documents/word.js';
import { writePdf } from '../../src/platform/documents/pdf.js';
import { unpacked } from '../../src/platform/sheets/sheet-reader.js';

const OUTSIDE = 'a <b>bold</b> & "quoted"\u0001 \ud800\ufffe\u202e word';
const RUNS = 'javascript:alert(1)';

const document = (blocks: Document['blocks'], title = 'A title'): Document => ({
  title,
  above: 'Carnot <network>',
  language: 'fr',
  foot: 'At the foot',
  blocks,
});
const EACH: Document['blocks'] = [
  { kind: 'heading', level: 1, text: `One ${OUTSIDE}` },
  { kind: 'heading', level: 2, text: 'Two' },
  {
    kind: 'paragraph',
    words: [
      OUTSIDE,
      { text: 'the page', href: 'https://example.org/?a=1&b=2', bold: true },
      { text: 'it', italic: true },
    ],
  },
  {
    kind: 'paragraph',
    words: [
      { text: 'a trap', href: RUNS },
      { text: 'mail', href: 'mailto:a@b.eu' },
    ],
    small: true,
  },
  { kind: 'list', items: ['first', OUTSIDE] },
  { kind: 'facts', rows: [['Budget', OUTSIDE]] },
  { kind: 'table', head: ['Name', 'Amount'], rows: [[OUTSIDE, '12']], widths: [3, 1], numbers: [1] },
];

async function partsOf(value: Document): Promise<Record<string, string>> {
  const files = await unpacked(await writeDocx(value), 1e7);
  return Object.fromEntries(files.map((e) => [e.name, e.data.toString('utf8')]));
}
const pages = (pdf: Buffer): number => (pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g) ?? []).length;

describe('a document as DOCX', () => {
  it('has the styles of Word, a head that repeats, and words from outside as words', async () => {
    const parts = await partsOf(document(EACH, OUTSIDE));
    const body = parts['word/document.xml']!;
    expect(body).toContain('w:val="Heading1"');
    expect(body).toContain('w:val="Heading2"');
    expect(body).toContain('<w:tblHeader/>');
    expect(body.split('&lt;b&gt;bold&lt;/b&gt;')).toHaveLength(1 + 6);
    expect(Object.values(parts).join('')).not.toMatch(/[\u0001\ufffe\u202e]|\p{Surrogate}/u);
    expect(parts['word/styles.xml']).toContain('w:val="fr-FR"');
    expect(parts['docProps/core.xml']).toContain('a &lt;b&gt;bold&lt;/b&gt;');
  });

  it('has links that lead to pages and mails, and none that runs anything', async () => {
    const links = (await partsOf(document(EACH)))['word/_rels/document.xml.rels']!;
    expect(links).toContain('https://example.org/?a=1&amp;b=2');
    expect(links).toContain('mailto:a@b.eu');
    expect(links).not.toContain('javascript');
  });
});

describe('a document as PDF', () => {
  it('says its title and language, and has links that lead to pages and mails alone', async () => {
    const pdf = (await writePdf(document(EACH, 'Appels'))).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toContain('/Lang (fr)');
    expect(pdf).toContain('/URI (https://example.org/?a=1&b=2)');
    expect(pdf).toContain('/URI (mailto:a@b.eu)');
    expect(pdf).not.toContain('javascript');
  });

  it('breaks into pages between the rows of a table', async () => {
    const rows = (count: number): Document['blocks'] => [
      { kind: 'table', head: ['Name'], widths: [1], rows: Array.from({ length: count }, () => ['a line']) },
    ];
    expect(pages(await writePdf(document(rows(3))))).toBe(1);
    expect(pages(await writePdf(document(rows(120))))).toBe(3);
  });

  it('fails for whoever asked where it cannot be printed, and prints the next one', async () => {
    const ragged: Document['blocks'] = [{ kind: 'table', head: ['A', 'B'], rows: [['one']], widths: [1, 1] }];
    const [broken, fine] = await Promise.allSettled([writePdf(document(ragged)), writePdf(document([]))]);
    expect([broken.status, fine.status]).toEqual(['rejected', 'fulfilled']);
  });
});
