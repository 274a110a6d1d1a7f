const PREFIX = 'whsec_';

/** Returns a signing secret in the format of Standard Webhooks, from 24 to 64 random bytes. */
export const signingSecret = (bytes: Buffer): string => `${PREFIX}${bytes.toString('base64')}`;

/** Returns the bytes of a signing secret. */
export const signingKey = (secret: string): Buffer =>
  Buffer.from(secret.slice(secret.startsWith(PREFIX) ? PREFIX.length : 0), 'base64');
