import { setImmediate } from 'node:timers/promises';
import type { Block, Document, Run, WordBlock, Words } from '../../kernel/document.js';
import { collapsed } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { LOCALES } from '../../kernel/language.js';
import { FileThread } from '../threads/file-thread.js';
import { CarnotError } from '../../kernel/errors.js';
import { unpacked } from '../sheets/sheet-reader.js';

/** Characters not allowed in XML 1.0; to Word, a file with one is damaged. */
const NOT_IN_XML = /[\ufffe\uffff]|\p{Surrogate}/gu;
const MAIL = /^mailto:[^\s<>"?&]+$/;

/** Returns a text that no program can misread as anything else. */
export const plain = (text: string): string => collapsed(text).replace(NOT_IN_XML, '');

/** Only addresses that open a page or an e-mail: other schemes run programs. */
const address = (href: string): string | null => (MAIL.test(href) ? href : webAddress(href));

export const runsOf = (words: Words): Run[] =>
  (typeof words === 'string' ? [words] : words).map((word) => {
    const { href, ...run }: Run = typeof word === 'string' ? { text: word } : word;
    const safe = href === undefined ? null : address(href);
    return { ...run, text: plain(run.text), ...(safe !== null && { href: safe }) };
  });

export function percents({ widths }: Extract<Block, { kind: 'table' }>): number[] {
  const sum = widths.reduce((a, b) => a + b, 0);
  return widths.map((width) => (width / sum) * 100);
}

/** The look of both formats. Sizes are in points. */
export const LOOK = {
  accent: '0B5C6B',
  muted: '4B5A60',
  line: 'D5DCDF',
  ground: 'EEF2F3',
  title: 18,
  heading: { 1: 13, 2: 11 },
  text: 10,
  small: 8.5,
  /** The margin of the page, which is A4; a millimetre is 2.835 points. */
  margin: 42,
  /** The share of the width for the terms in a list of facts. */
  names: 24,
} as const;

/** A block with its words as runs that can be written unchanged. */
function written(block: Block): object {
  switch (block.kind) {
    case 'heading':
      return { ...block, runs: runsOf(block.text) };
    case 'paragraph':
      return { ...block, runs: runsOf(block.words) };
    case 'list':
      return { ...block, items: block.items.map(runsOf) };
    case 'facts':
      return { ...block, rows: block.rows.map(([name, words]) => [bold(name), runsOf(words)]) };
    case 'table':
      return {
        ...block,
        head: block.head.map(bold),
        rows: block.rows.map((row) => row.map(runsOf)),
        widths: percents(block),
        numbers: block.numbers ?? [],
      };
  }
}

const bold = (text: string): Run[] => runsOf([{ text, bold: true }]);

/** The input of the thread: block by block, then what the document is. */
async function* partsOf({ title, above, language, blocks, foot }: Document): AsyncGenerator<object> {
  for (const block of blocks) {
    yield { block: written(block) };
    await setImmediate();
  }
  yield {
    document: {
      name: plain(title),
      title: runsOf(title),
      above: above === undefined ? null : runsOf(above),
      locale: LOCALES[language],
      foot: runsOf(foot),
      look: LOOK,
    },
  };
}

const WRITER = new FileThread(
  new URL('./docx-worker.mjs', import.meta.url),
  (code) => `The thread that writes a document ended with ${code}, and wrote none.`,
);

/** Returns an editable document for Word and LibreOffice, without blocking the process. */
export const writeDocx = (document: Document): Promise<Buffer> => WRITER.make(() => partsOf(document));

const MOST_BYTES = 20_000_000;
const MOST_UNPACKED = 200_000_000;
const ZIP = Buffer.from('PK\x03\x04');
const MAIN_PART = 'word/document.xml';

const READER = new FileThread(
  new URL('./word-worker.mjs', import.meta.url),
  (code) => `the thread that reads it ended with ${code}`,
);

const unreadable = (why: string, cause?: unknown) =>
  new CarnotError('Truncated', `the Word file cannot be read: ${why}`, 'later', { cause });

/** Whether a file is an archive, as Word files are, whatever its name and media type say. */
export const isArchive = (bytes: Buffer): boolean => bytes.subarray(0, ZIP.length).equals(ZIP);

/** Texts and what connects them; pictures are not read. */
const READ_PART = /\.(xml|rels)$/;

/**
 * Returns the parts that are read. Only these go on, since a library may find others in the same archive than
 * those that were counted.
 */
async function checkedParts(bytes: Buffer): Promise<Record<string, Uint8Array>> {
  if (bytes.length > MOST_BYTES) throw unreadable(`it is larger than ${MOST_BYTES / 1_000_000} MB`);
  const entries = await unpacked(bytes, MOST_UNPACKED, (name) => READ_PART.test(name));
  if (!entries.some((e) => e.name === MAIN_PART)) throw new Error('it is no Word file');
  return Object.fromEntries(
    entries.filter((e) => READ_PART.test(e.name)).map((e) => [e.name, new Uint8Array(e.data)]),
  );
}

/**
 * Returns the parts of a Word file with its tracked changes accepted, read in a thread. Throws if it is none,
 * not whole, or too large.
 */
export async function readWord(bytes: Buffer): Promise<WordBlock[]> {
  try {
    const files = await checkedParts(bytes);
    const answer = await READER.make(() => [{ files }]);
    return JSON.parse(answer.toString('utf8')) as WordBlock[];
  } catch (error) {
    throw error instanceof CarnotError ? error : unreadable((error as Error).message, error);
  }
}
