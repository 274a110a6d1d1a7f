import { setTimeout } from 'node:timers/promises';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../kernel/hash.js';

/** Does the work and takes at least `ms` milliseconds, so that the time does not reveal what was done. */
export async function noSoonerThan(ms: number, work: Promise<void>): Promise<void> {
  await Promise.all([work, setTimeout(ms)]);
}

/** Creates a token or a key for one row: long enough not to be guessed, since it is the only credential. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** Whether a secret matches its hash, in a time that does not reveal how much of it is right. */
export const isSecret = (given: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(hash));

/**
 * Creates a secret for a link, a cookie or a key: shown to its owner and stored only as a hash. A fast hash
 * is enough for 256 random bits. `prefix` tells people and leak scanners what it is.
 */
export function newSecret(prefix = ''): { secret: string; hash: string } {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { secret, hash: sha256(secret) };
}
