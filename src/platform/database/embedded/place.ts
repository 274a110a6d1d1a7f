import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failure } from './failure.js';
import { type Ids, isRoot, postgresUser } from './processes.js';

/** Where root keeps what another user must reach if that user cannot get to DATA_DIR or to node_modules. */
export const SHARED = '/var/lib/carnot-europe';

/** The folder with the cluster, its password and its log; the server's user; a note for the reader. */
export interface Place {
  folder: string;
  ids: Ids;
  note: string | null;
}

/** Returns PostgreSQL's own data folder. */
export const clusterOf = (folder: string): string => join(folder, 'cluster');

/** Asks the system itself: mode bits alone ignore owners, groups, access lists and mounts. */
function canEnter(folder: string, ids: Ids): boolean {
  if (ids.uid === undefined) return true;
  const { status, error } = spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], {
    ...ids,
    cwd: '/',
    stdio: 'ignore',
  });
  if (error === undefined) return status === 0;
  throw failure(
    'PostgreSQL does not run as root, and this root may not start it as another user (a container without its ' +
      'capabilities?). Start carnot-europe as an ordinary user, or set DATABASE_URL to the address of a PostgreSQL server.',
    error,
  );
}

/** Returns the topmost closed folder on the path, which is the one to open. */
function closedFolder(folder: string, ids: Ids): string {
  const above = dirname(folder);
  return above === folder || canEnter(above, ids) ? folder : closedFolder(above, ids);
}

function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  // The server's user only passes through; just its cluster belongs to it.
  chmodSync(folder, isRoot() ? 0o711 : 0o700);
}

function noteFor(dataDir: string, folder: string): string | null {
  if (!folder.startsWith(SHARED)) return null;
  return (
    `The database of ${dataDir} is kept in ${folder}: PostgreSQL does not run as root, ` +
    `and the user it runs as could not enter ${dataDir}.`
  );
}

/** Existing data stay where they are, with the user that owns them, no matter who starts us this time. */
function existingPlace(dataDir: string, folder: string): Place {
  const cluster = clusterOf(folder);
  const { uid, gid } = statSync(cluster);
  if (!isRoot() && uid !== process.getuid?.()) {
    throw failure(
      `The database of ${dataDir} is in ${folder} and belongs to another user (number ${uid}): it was made when ` +
        'carnot-europe was started by that user or by root. Start it like that again, or set DATA_DIR to another folder.',
    );
  }
  if (!isRoot()) return { folder, ids: {}, note: null };
  if (uid === 0)
    throw failure(
      `PostgreSQL does not run as root, but ${cluster} belongs to root. Run: chown -R postgres ${cluster}`,
    );
  if (!canEnter(cluster, { uid, gid })) {
    throw failure(
      `PostgreSQL runs as the owner of ${cluster} (user number ${uid}), who cannot enter ${closedFolder(cluster, { uid, gid })}. ` +
        `Open it, for example with: chmod o+x ${closedFolder(cluster, { uid, gid })}`,
    );
  }
  return { folder, ids: { uid, gid }, note: noteFor(dataDir, folder) };
}

/**
 * Finds the place of the database: where it already is, else `<dataDir>/postgres`, else (as root, if the
 * server's user cannot enter there) its own folder below /var/lib/carnot-europe.
 */
export function choosePlace(dataDir: string): Place {
  const near = join(dataDir, 'postgres');
  const far = join(SHARED, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
  const existing = [near, far].find((folder) => existsSync(clusterOf(folder)));
  if (existing !== undefined) return existingPlace(dataDir, existing);
  const ids = postgresUser();
  const folder = canEnter(dataDir, ids) ? near : far;
  if (folder === far) makeFolder(SHARED);
  makeFolder(folder);
  return { folder, ids, note: noteFor(dataDir, folder) };
}

/** Creates DATA_DIR. A new or empty one is ours alone, so we may let the server's user pass through it. */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  if (isRoot() && readdirSync(dataDir).length === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
}
