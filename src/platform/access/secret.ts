import { randomBytes, timingSafeEqual } from 'node:crypto';
import { sha256 } from '../../calls/domain/index.js';

/** Whether this is the secret of that hash, in a time that does not tell how much of it is right. */
export const isSecret = (given: string, hash: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(hash));

/**
 * A secret for a link, a cookie or a key: shown to its owner and kept as its hash alone. A fast
 * hash will do: it is 256 random bits. `prefix` tells people and scanners of leaks what it is.
 */
export function newSecret(prefix = ''): { secret: string; hash: string } {
  const secret = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { secret, hash: sha256(secret) };
}
