import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { failure } from './failure.js';
import { CarnotError } from '../../../kernel/errors.js';

/** The user that a program runs as; empty for our own. */
export interface Ids {
  uid?: number;
  gid?: number;
}

/** PostgreSQL refuses to run as root. */
export const isRoot = (): boolean => process.getuid?.() === 0;

const run = (program: string, args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: 'pipe' });

function find(name: string): Ids | null {
  try {
    return { uid: Number(run('id', ['-u', name])), gid: Number(run('id', ['-g', name])) };
  } catch {
    return null;
  }
}

/** Returns the user to run as: for root the system's `postgres`, created if missing; else our own. */
export function postgresUser(): Ids {
  if (!isRoot()) return {};
  const there = find('postgres');
  if (there !== null) return there;
  try {
    run('groupadd', ['--force', '--system', 'postgres']);
    run('useradd', [
      '--system',
      '--gid',
      'postgres',
      '--no-create-home',
      '--shell',
      '/bin/false',
      'postgres',
    ]);
  } catch (error) {
    // Another process may have created it in the meantime.
    const now = find('postgres');
    if (now !== null) return now;
    throw failure(
      'PostgreSQL does not run as root, and the user `postgres` could not be made. ' +
        'Start carnot-europe as an ordinary user, or set DATABASE_URL to the address of a PostgreSQL server.',
      error,
    );
  }
  return find('postgres') ?? {};
}

const hasProc = existsSync('/proc/self/stat');

function output(program: string, args: string[], ids: Ids = {}): string {
  return (
    spawnSync(program, args, { ...ids, cwd: '/', encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
      .stdout ?? ''
  );
}

function startedByProc(pid: number): string | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The program's name is in parentheses and may have spaces and parentheses: parse after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; its parent has just not reaped it yet (some containers have no parent that does).
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  // The start time counts from the boot, so it means nothing without the boot id.
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
}

function startedByPs(pid: number): string | null {
  const [, state, started] =
    /^(\S+)\s+(.+)$/.exec(output('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).trim()) ?? [];
  return state === undefined || started === undefined || state.startsWith('Z') ? null : started;
}

/**
 * Returns when the process started, as a word to compare; null if there is no such process (any more).
 * Process ids are reused: only id and start together identify a process.
 */
export function startedAt(pid: number): string | null {
  return hasProc ? startedByProc(pid) : startedByPs(pid);
}

/**
 * Returns the working folder of a process; null if there is no such process, or if it is hidden. Read as the
 * user of the process, because root in a container may not look at other users' processes.
 */
export function workingFolder(pid: number, ids: Ids): string | null {
  if (hasProc) return output('readlink', [`/proc/${pid}/cwd`], ids).trim() || null;
  return /^n(.+)$/m.exec(output('lsof', ['-a', '-d', 'cwd', '-Fn', '-p', String(pid)], ids))?.[1] ?? null;
}

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
