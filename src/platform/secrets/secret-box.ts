import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/config-error.js';
import type { Environment } from '../config/environment.js';
import { keyBytes } from '../config/environment-secrets.js';

const CIPHER = 'aes-256-gcm';
const [IV_BYTES, TAG_BYTES, ID_DIGITS] = [12, 16, 8];
/** The prefix of a sealed value; a value without it was stored before there was sealing. */
export const SEALED = 'sealed:1:';
const FORM = new RegExp(`^${SEALED}([0-9a-f]{${ID_DIGITS}}):([A-Za-z0-9_-]+)$`);

interface Key {
  id: string;
  bytes: Buffer;
}

/** Returns an id that distinguishes keys but reveals nothing about them. */
const idOf = (bytes: Buffer): string =>
  createHash('sha256').update('key id ').update(bytes).digest('hex').slice(0, ID_DIGITS);

/**
 * Encrypts what must be read again, but not with the database alone. A sealed value names its key, so that an
 * earlier one can still be read while the current one takes over, and is bound to its place: moved to another
 * row, it does not open.
 */
export class SecretBox {
  private readonly keys: Key[];

  /** The first key seals; all of them open. Each has 32 bytes. */
  constructor(keys: readonly [Buffer, ...Buffer[]]) {
    this.keys = keys.map((bytes) => ({ id: idOf(bytes), bytes }));
  }

  /** The prefix of values sealed with the current key. */
  get present(): string {
    return `${SEALED}${this.keys[0]!.id}:`;
  }

  /** The ids of all keys, as named in sealed values. */
  get keyNames(): string[] {
    return this.keys.map(({ id }) => id);
  }

  seal(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.keys[0]!.bytes, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.present}${sealed.toString('base64url')}`;
  }

  /** Returns what was sealed, or the text itself if it never was. Null if none of our keys opens it. */
  open(stored: string, place: string): string | null {
    if (!stored.startsWith(SEALED)) return stored;
    const [, id, sealed] = FORM.exec(stored) ?? [];
    const key = this.keys.find((k) => k.id === id);
    return key && sealed ? opened(key, Buffer.from(sealed, 'base64url'), place) : null;
  }
}

function opened({ bytes }: Key, sealed: Buffer, place: string): string | null {
  try {
    const cipher = createDecipheriv(CIPHER, bytes, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), cipher.final()]).toString(
      'utf8',
    );
  } catch {
    // Damaged, or from another place.
    return null;
  }
}

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
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      // On a full disk there is half of it, or nothing.
      rmSync(file, { force: true });
      throw error;
    }
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
