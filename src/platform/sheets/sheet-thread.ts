import type { Options } from 'csv-parse/sync';
import { Worker } from 'node:worker_threads';
import { SheetRefusal, type SheetRefusalKind } from './sheet-refusal.js';

/** A sheet's cells as texts: dates as 2026-09-15, what is empty as "". */
export interface RawSheet {
  name: string;
  rows: string[][];
}

/** What the thread is given. Formulas give what they last came to, and are never worked out. */
type File = { text: string; options: Options } | { bytes: Uint8Array };
type Answer = { sheets: RawSheet[] } | { refusal: SheetRefusalKind };

/** Forty columns of the most lines; to take so many cells from a thread is a matter of milliseconds. */
export const MOST_CELLS = 200_000;
/** What takes longer is no sheet of a person. */
const LONGEST_MS = 20_000;
const MOST_MEMORY_MB = 512;

const READER = new URL('./sheet-worker.mjs', import.meta.url);

function read(file: File): Promise<RawSheet[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(READER, {
      workerData: { ...file, mostCells: MOST_CELLS },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const limit = setTimeout(() => void thread.terminate(), LONGEST_MS);
    thread.once('message', (answer: Answer) =>
      'sheets' in answer ? resolve(answer.sheets) : reject(new SheetRefusal(answer.refusal)),
    );
    // After a message this says nothing more: the thread came to the end of its memory or of its time.
    thread.once('error', () => reject(new SheetRefusal('too-large')));
    thread.once('exit', () => {
      clearTimeout(limit);
      reject(new SheetRefusal('too-large'));
    });
  });
}

/**
 * The file that was begun last: the next one waits for it, so that twenty people at nine o'clock take one
 * processor and not all memory.
 */
let before: Promise<unknown> = Promise.resolve();

/** The sheets of a file, read in a thread of its own: the process answers others meanwhile. */
export function readInThread(file: File): Promise<RawSheet[]> {
  const sheets = before.then(() => read(file));
  before = sheets.catch(() => undefined);
  return sheets;
}
