import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Ids } from './user.js';

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
