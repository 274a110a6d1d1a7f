import type { Options } from 'csv-parse/sync';
import { Worker } from 'node:worker_threads';
import { SheetRefusal, type SheetRefusalKind } from './sheet-refusal.js';

/** A sheet's cells as texts: dates as 2026-09-15, empty cells as "". */
export interface RawSheet {
  name: string;
  rows: string[][];
}

/** The thread's input. Formulas yield their last stored result, and are never evaluated. */
type File = { text: string; options: Options } | { bytes: Uint8Array };
type Answer = { sheets: RawSheet[] } | { refusal: SheetRefusalKind };

/** Forty columns of the most lines; transferring this many cells from a thread takes milliseconds. */
export const MOST_CELLS = 200_000;
/** Anything that takes longer is not a sheet made by a person. */
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
    // After a message this has no effect: the thread ran out of memory or of time.
    thread.once('error', () => reject(new SheetRefusal('too-large')));
    thread.once('exit', () => {
      clearTimeout(limit);
      reject(new SheetRefusal('too-large'));
    });
  });
}

/**
 * The last file started: the next one waits for it, so that twenty people at nine o'clock use one processor
 * and not all the memory.
 */
let before: Promise<unknown> = Promise.resolve();

/** Reads the sheets of a file in a separate thread, without blocking the process. */
export function readInThread(file: File): Promise<RawSheet[]> {
  const sheets = before.then(() => read(file));
  before = sheets.catch(() => undefined);
  return sheets;
}
