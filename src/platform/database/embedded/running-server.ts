import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CarnotError } from '../../../kernel/errors.js';
import { livingOwner } from './processes.js';

const fileIn = (dataDir: string): string => join(dataDir, 'running.address');

/** Leaves the address of our server, as the program's role, to commands that run beside us. */
export function publishAddress(dataDir: string, url: string): void {
  withdrawAddress(dataDir);
  writeFileSync(fileIn(dataDir), `${url}\n`, { flag: 'wx', mode: 0o600 });
}

export const withdrawAddress = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true });

/**
 * Returns the address of the embedded server that another process of ours runs on; null if none runs. Throws
 * a CarnotError if it has none to give yet, or not to this user.
 */
export function runningServer(dataDir: string): string | null {
  if (!existsSync(resolve(dataDir))) return null;
  const folder = realpathSync(resolve(dataDir));
  const owner = livingOwner(join(folder, 'running.pid'));
  if (owner === null) return null;
  try {
    return readFileSync(fileIn(folder), 'utf8').trim();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new CarnotError(
        'StillStarting',
        `carnot-europe is just being started or stopped on ${dataDir} (process ${owner}). Try again in a moment.`,
        'later',
      );
    if (code === 'EACCES')
      throw new CarnotError(
        'OtherUser',
        `carnot-europe runs on ${dataDir} as another user. Run the command as that user.`,
        'person',
      );
    throw error;
  }
}
