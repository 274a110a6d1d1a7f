const PREFIX = 'whsec_';

/** A secret to sign with, in the form of Standard Webhooks: of 24 to 64 random bytes. */
export const signingSecret = (bytes: Buffer): string => `${PREFIX}${bytes.toString('base64')}`;

/** The bytes of such a secret. */
export const signingKey = (secret: string): Buffer =>
  Buffer.from(secret.slice(secret.startsWith(PREFIX) ? PREFIX.length : 0), 'base64');
