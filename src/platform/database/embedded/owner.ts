import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CarnotError } from '../../../kernel/errors.js';
import { startedAt } from './processes.js';

const me = (): string => `${process.pid}\n${startedAt(process.pid)}\n`;

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Returns the id of the living process that the file names, if any. */
export function livingOwner(file: string): number | null {
  const [pid, started] = read(file).split('\n');
  return pid && started && startedAt(Number(pid)) === started ? Number(pid) : null;
}

/**
 * Removes an abandoned lock. It is held for well under a millisecond: one that is seconds old was left by a
 * process killed in that moment.
 */
function dropForgotten(lock: string): void {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (made !== undefined && Date.now() - made > 5000) rmSync(lock, { force: true });
}

/**
 * Checking the owner file and replacing it are two steps, so only one process at a time does them:
 * two that find the same dead owner would otherwise both take its place.
 */
async function locked<T>(lock: string, work: () => T): Promise<T> {
  for (;;) {
    try {
      writeFileSync(lock, '', { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      dropForgotten(lock);
      await sleep(20);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Makes this process the only one that works on the folder, recorded in `running.pid`. Throws
 * `AlreadyRunning` if another living process is; a killed one does not count, nor does a stranger with the
 * same id. Returns the function that releases the folder.
 */
export async function claimFolder(dataDir: string): Promise<() => void> {
  const file = join(dataDir, 'running.pid');
  await locked(`${file}.lock`, () => {
    const owner = livingOwner(file);
    if (owner !== null) {
      throw new CarnotError(
        'AlreadyRunning',
        `carnot-europe is already running on ${dataDir} (process ${owner}). Stop it first, or set DATA_DIR to another folder.`,
        'never',
      );
    }
    // Written to another file and renamed, so that nobody ever reads half of it.
    writeFileSync(`${file}.new`, me());
    renameSync(`${file}.new`, file);
  });
  return () => {
    if (read(file) === me()) rmSync(file, { force: true });
  };
}
