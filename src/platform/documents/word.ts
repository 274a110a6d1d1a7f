import { CarnotError } from '../../kernel/errors.js';
import type { WordBlock } from '../../kernel/document.js';
import { unpacked } from '../sheets/sheet-reader.js';
import { FileThread } from '../threads/file-thread.js';

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
