import { type Doubt, partsOf, rule, without } from './environment-rules.js';
import { isThisMachine } from './this-machine.js';

const KEY_BYTES = 32;

/** Returns the bytes of a key in hex or base64; null if it is neither, or not 32 bytes long. */
export function keyBytes(value: string): Buffer | null {
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, 'hex');
  const bytes = /^[A-Za-z0-9+/_-]{43}=?$/.test(value) ? Buffer.from(value, 'base64') : null;
  return bytes?.length === KEY_BYTES ? bytes : null;
}

/** The shortest secret allowed: shorter ones can be guessed. */
const SHORTEST = 16;
/** A random token of that length has more distinct characters than this; a key held down has one. */
const FEWEST_CHARACTERS = 5;

/** Values from our own files and tests, which anyone can read there. */
const OURS = [
  /^change-?me/i,
  /^a-token-for-/i,
  /^(user|pass(word)?|secret|postgres|carnot)$/i,
  /^0123456789/,
  /^abcdefgh/i,
];
const isOurs = (secret: string): boolean => OURS.some((example) => example.test(secret));

/**
 * Returns what is wrong with a token or password that someone chose; null if nothing is found. The text does
 * not contain the secret.
 */
function weakness(secret: string): string | null {
  if (isOurs(secret)) return 'is an example of ours that everybody can read';
  if (new Set(secret).size <= FEWEST_CHARACTERS) return 'repeats a few characters';
  return secret.length < SHORTEST ? `is shorter than ${SHORTEST} characters` : null;
}

/** A bearer token chosen by a person. */
export const bearerToken = rule(
  (value) => value.length >= SHORTEST,
  `is shorter than ${SHORTEST} characters`,
  'Make one with: openssl rand -hex 32.',
)
  .refine((value) => /^[A-Za-z0-9\-._~+/]+=*$/.test(value), {
    error: 'holds characters that a bearer token cannot have',
    params: {
      fix: 'Use letters, digits and - . _ ~ + / only, = at the end; openssl rand -hex 32 makes one.',
    },
  })
  .superRefine(without({ find: weakness, fix: 'Make one with: openssl rand -hex 32.' }));

const passwordIn = (url: URL): string => decodeURIComponent(url.password);

/** A service on this machine is out of others' reach; elsewhere only its password protects all our data. */
export const weakElsewhere: Doubt<URL> = {
  find: (url) => {
    const wrong = url.password && !isThisMachine(url.hostname) ? weakness(passwordIn(url)) : null;
    return wrong === null ? null : `has a password that ${wrong}`;
  },
  fix: 'Give the user another one at the service, made with: openssl rand -hex 24.',
};

/** Secrets issued by others may be as short as they like, but not one of our examples. */
export const ours: Doubt = {
  find: (secret) =>
    isOurs(secret) ? 'holds a secret that is an example of ours that everybody can read' : null,
  fix: 'Write the one that you were given.',
};
export const oursInUrl: Doubt<URL> = { ...ours, find: (url) => ours.find(passwordIn(url)) };

/** The keys that encrypt stored secrets which must be read again. */
export const SecretVariables = {
  SECRET_KEY: rule(
    (value) => keyBytes(value) !== null,
    'is no key of 32 bytes in base64 or hex',
    'Make one with: openssl rand -base64 32.',
  )
    .superRefine(without({ find: weakness, fix: 'Make one with: openssl rand -base64 32.' }))
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
