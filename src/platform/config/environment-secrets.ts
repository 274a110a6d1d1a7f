import { partsOf, rule } from './environment-rules.js';

const KEY_BYTES = 32;

/** Returns the bytes of a key in hex or base64; null if it is neither, or not 32 bytes long. */
export function keyBytes(value: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  const bytes = /^[A-Za-z0-9+/_-]{43}=?$/.test(value) ? Buffer.from(value, 'base64') : null;
  return bytes?.length === KEY_BYTES ? bytes : null;
}

/** The keys that encrypt stored secrets which must be read again. */
export const SecretVariables = {
  SECRET_KEY: rule(
    (value) => keyBytes(value) !== null,
    'is no key of 32 bytes in base64 or hex',
    'Make one with: openssl rand -base64 32.',
  )
    .optional()
    .describe(
      'The key that encrypts stored secrets (addresses and signatures of channels, links in e-mails). Default: created at the first start and kept in DATA_DIR; required for separate API and worker.',
    ),
  SECRET_KEY_BEFORE: rule(
    (value) => partsOf(value).every((key) => keyBytes(key) !== null),
    'must be keys of 32 bytes in base64 or hex, with commas between',
    'Write what SECRET_KEY was before.',
  )
    .transform((value) => partsOf(value))
    .optional()
    .describe(
      'Earlier keys, separated by commas, which still decrypt stored secrets until `npm run cli -- rotate-secrets` has re-encrypted them.',
    ),
};
