import { keyBytes } from '../environment-secrets.js';
import { isThisMachine } from '../this-machine.js';

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

/**
 * Returns what is wrong with a token or password that someone chose; null if nothing is found. The text does
 * not contain the secret.
 */
function weakness(secret: string): string | null {
  if (OURS.some((example) => example.test(secret))) return 'is an example of ours that everybody can read';
  if (new Set(secret).size <= FEWEST_CHARACTERS) return 'repeats a few characters';
  return secret.length < SHORTEST ? `is shorter than ${SHORTEST} characters` : null;
}

type Given = Partial<
  Record<
    | 'ADMIN_TOKEN'
    | 'METRICS_TOKEN'
    | 'SECRET_KEY'
    | 'DATABASE_URL'
    | 'REDIS_URL'
    | 'SMTP_URL'
    | 'EMBEDDING_KEY',
    string
  >
>;

const AT_SERVICE = 'Give the user another one at the service, made with: openssl rand -hex 24.';

/** Returns the password in a service's address; null if none can be read, which another rule reports. */
function passwordIn(address: string | undefined, schemes: RegExp): { password: string; host: string } | null {
  if (address === undefined || !schemes.test(address) || !URL.canParse(address)) return null;
  const { password, hostname: host } = new URL(address);
  try {
    return password ? { password: decodeURIComponent(password), host } : null;
  } catch {
    return null;
  }
}

/** A service on this machine is out of others' reach; elsewhere only its password protects all our data. */
function ofService(name: 'DATABASE_URL' | 'REDIS_URL', given: Given, schemes: RegExp): string[] {
  const found = passwordIn(given[name], schemes);
  const wrong = found && !isThisMachine(found.host) ? weakness(found.password) : null;
  return wrong === null ? [] : [`${name} has a password that ${wrong}. Fix: ${AT_SERVICE}`];
}

/** Secrets issued by others may be as short as they like, but not one of our examples. */
function ofOthers(
  name: 'SMTP_URL' | 'EMBEDDING_KEY' | 'METRICS_TOKEN',
  secret: string | undefined,
): string[] {
  const wrong = secret === undefined ? null : weakness(secret);
  return wrong?.includes('example')
    ? [`${name} holds a secret that ${wrong}. Fix: Write the one that you were given.`]
    : [];
}

/** One that is no key is left to its own rule. */
function ofKey(key: string | undefined): string[] {
  const wrong = key !== undefined && keyBytes(key) ? weakness(key) : null;
  return wrong === null ? [] : [`SECRET_KEY ${wrong}. Fix: Make one with: openssl rand -base64 32.`];
}

/** Returns the secrets that prevent the start, with fixes; a short token is left to its own rule. */
export function weakSecretProblems(given: Given): string[] {
  const token = given.ADMIN_TOKEN;
  const wrong = token === undefined || token.length < SHORTEST ? null : weakness(token);
  return [
    ...(wrong === null ? [] : [`ADMIN_TOKEN ${wrong}. Fix: Make one with: openssl rand -hex 32.`]),
    ...ofKey(given.SECRET_KEY),
    ...ofOthers('METRICS_TOKEN', given.METRICS_TOKEN),
    ...ofService('DATABASE_URL', given, /^postgres(ql)?:/),
    ...ofService('REDIS_URL', given, /^rediss?:/),
    ...ofOthers('SMTP_URL', passwordIn(given.SMTP_URL, /^smtps?:/)?.password),
    ...ofOthers('EMBEDDING_KEY', given.EMBEDDING_KEY),
  ];
}
