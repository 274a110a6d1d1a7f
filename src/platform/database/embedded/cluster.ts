import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { failure } from './failure.js';
import { clusterOf, type Place } from './place.js';
import type { Ids } from './processes.js';

const run = promisify(execFile);

/**
 * Collation and case come from PostgreSQL itself (the builtin provider), so they are the same on every
 * machine. Only what counts as a letter still depends on the machine, in full text search and pg_trgm: plain
 * `C` takes ’ and « for letters and é for none. Linux has C.UTF-8, macOS has en_US.UTF-8; they agree.
 */
const kindsOfLetters = ['C.UTF-8', 'en_US.UTF-8'];

/** Returns only the environment that the programs need: ours has secrets, and misleading PG… variables. */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH, LD_LIBRARY_PATH } = process.env;
  return { PATH, ...(LD_LIBRARY_PATH === undefined ? {} : { LD_LIBRARY_PATH }), LC_ALL: 'C', TZ: 'UTC' };
}

function giveTo(path: string, ids: Ids): void {
  if (ids.uid !== undefined && ids.gid !== undefined) chownSync(path, ids.uid, ids.gid);
}

/**
 * Returns the password of the cluster, created at the first start. Only its owner, the user that initdb runs
 * as, can read it.
 */
function password({ folder, ids }: Place): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) {
    if (existsSync(clusterOf(folder)))
      throw failure(`The password of the database is missing: ${file}. Put it back from your backup.`);
    const fresh = `${file}.new`;
    writeFileSync(fresh, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
    giveTo(fresh, ids);
    renameSync(fresh, file);
  }
  return readFileSync(file, 'utf8').trim();
}

function initdb(place: Place, bin: string, cluster: string, letters: string): Promise<unknown> {
  const args = [
    '-D',
    cluster,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${join(place.folder, 'password')}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${letters}`,
  ];
  return run(join(bin, 'initdb'), args, { ...place.ids, cwd: place.folder, env: programEnvironment() });
}

async function initialise(place: Place, bin: string): Promise<void> {
  for (const name of readdirSync(place.folder).filter((entry) => entry.startsWith('init-'))) {
    // Left by a process that was killed during initialisation.
    rmSync(join(place.folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
  const unfinished = mkdtempSync(join(place.folder, 'init-'));
  giveTo(unfinished, place.ids);
  for (const letters of kindsOfLetters) {
    try {
      await initdb(place, bin, unfinished, letters);
      // Half a cluster never has the name of a whole one.
      renameSync(unfinished, clusterOf(place.folder));
      return;
    } catch (error) {
      const said = (error as { stderr?: string }).stderr ?? String(error);
      if (said.includes('invalid locale') && letters !== kindsOfLetters.at(-1)) continue;
      rmSync(unfinished, { recursive: true, force: true });
      throw failure(`The database could not be initialised in ${place.folder}: ${said.trim()}`, error);
    }
  }
}

/** Creates the cluster at the first start and returns its password. */
export async function prepareCluster(place: Place, bin: string): Promise<string> {
  const secret = password(place);
  if (!existsSync(clusterOf(place.folder))) await initialise(place, bin);
  return secret;
}
