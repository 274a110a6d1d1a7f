import { randomBytes } from 'node:crypto';

/**
 * A token or a key of one row: as long as a password that nobody guesses, since it is the only credential.
 */
export const newToken = (): string => randomBytes(24).toString('base64url');
