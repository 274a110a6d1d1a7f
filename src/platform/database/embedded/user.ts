import { execFileSync } from 'node:child_process';
import { failure } from './failure.js';

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
