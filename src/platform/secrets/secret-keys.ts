import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/config-error.js';
import type { Environment } from '../config/environment.js';
import { keyBytes } from '../config/environment-secrets.js';
import { SecretBox } from './secret-box.js';

const KEY_BYTES = 32;

const fileIn = (folder: string): string => join(folder, 'secret.key');

/** Returns the key kept in a folder; null if there is none. Throws a ConfigError if the file holds no key. */
export const keptKey = (folder: string): Buffer | null => read(fileIn(folder));

function read(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new ConfigError([
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}): it holds the key of the stored secrets. Fix: Let the user that starts carnot-europe read it, or set SECRET_KEY.`,
    ]);
  }
  const bytes = keyBytes(text);
  if (bytes) return bytes;
  throw new ConfigError([
    `${file} does not hold a key of 32 bytes: it holds the key of the stored secrets. Fix: Put it back from your backup, or set SECRET_KEY; without the key, enter the addresses of the channels again.`,
  ]);
}

/** Creates the key of an installation; if two processes start at once, the first one's counts. */
function make(folder: string, file: string): Buffer {
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return read(file)!;
}

/**
 * Returns the keys of the stored secrets: SECRET_KEY, else one created at the first start and kept in
 * DATA_DIR; then the earlier ones. A key in DATA_DIR still opens secrets after SECRET_KEY has replaced it.
 */
export function secretBoxOf({
  SECRET_KEY: given,
  SECRET_KEY_BEFORE: before = [],
  DATA_DIR: folder,
}: Pick<Environment, 'SECRET_KEY' | 'SECRET_KEY_BEFORE' | 'DATA_DIR'>): SecretBox {
  const kept = keptKey(folder);
  const first = given ? keyBytes(given)! : (kept ?? make(folder, fileIn(folder)));
  return new SecretBox([first, ...before.map((key) => keyBytes(key)!), ...(kept ? [kept] : [])]);
}
