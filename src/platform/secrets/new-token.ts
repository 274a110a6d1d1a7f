import { randomBytes } from 'node:crypto';

/**
 * Creates a token or a key for one row: as long as an unguessable password, since it is the only credential.
 */
export const newToken = (): string => randomBytes(24).toString('base64url');
