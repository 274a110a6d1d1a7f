import { randomBytes } from 'node:crypto';

/** A token for the links of a message: as long as a password that nobody guesses, since it is the only credential. */
export const newToken = (): string => randomBytes(24).toString('base64url');
