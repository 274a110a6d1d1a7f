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
  // The name of the program stands in parentheses and may itself hold spaces and parentheses: read from the
  // last one on.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; only its parent has not looked yet (some containers have nobody who does).
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  // The start is counted from the boot, so it says nothing without it.
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
}

function startedByPs(pid: number): string | null {
  const [, state, started] =
    /^(\S+)\s+(.+)$/.exec(output('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).trim()) ?? [];
  return state === undefined || started === undefined || state.startsWith('Z') ? null : started;
}

/**
 * When the process started, as a word to compare; null when there is no such process (any more).
 * Numbers of processes are used again: only number and start together name a process.
 */
export function startedAt(pid: number): string | null {
  return hasProc ? startedByProc(pid) : startedByPs(pid);
}

/**
 * The folder a process works in; null when there is no such process, or when it is not to be seen. Asked as
 * the user of the process, because root in a container may not look at the processes of others.
 */
export function workingFolder(pid: number, ids: Ids): string | null {
  if (hasProc) return output('readlink', [`/proc/${pid}/cwd`], ids).trim() || null;
  return /^n(.+)$/m.exec(output('lsof', ['-a', '-d', 'cwd', '-Fn', '-p', String(pid)], ids))?.[1] ?? null;
}
