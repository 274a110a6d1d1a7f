import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DATABASE } from './own-role.js';
import { livingOwner } from './owner.js';
import { choosePlace, clusterOf } from './place.js';
import { readPidFile, urlOf } from './server.js';

/**
 * Returns the superuser's address of the embedded server that another process of ours runs on, for reading in
 * parallel; null if none runs. Only those who may read the server's password file get it.
 */
export function runningServer(dataDir: string): string | null {
  if (!existsSync(resolve(dataDir))) return null;
  const folder = realpathSync(resolve(dataDir));
  if (livingOwner(join(folder, 'running.pid')) === null) return null;
  const place = choosePlace(folder);
  const { port } = readPidFile(clusterOf(place.folder)) ?? {};
  if (!port) return null;
  const url = new URL(urlOf(readFileSync(join(place.folder, 'password'), 'utf8').trim(), port));
  return Object.assign(url, { pathname: `/${DATABASE}` }).href;
}
