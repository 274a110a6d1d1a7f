import { randomBytes } from 'node:crypto';

/** Creates a token or a key for one row: long enough not to be guessed, since it is the only credential. */
export const newToken = (): string => randomBytes(24).toString('base64url');
