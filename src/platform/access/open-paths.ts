/** Paths that answer without a credential; all others do not even reveal whether they exist. */
const OPEN = [
  '/health',
  '/sign-in',
  '/unsubscribe',
  '/newsletter',
  '/notification-preferences',
  '/answer',
  '/contact',
  '/decide',
  '/feeds',
  '/calendars',
  '/privacy',
  '/assets',
];

/** The path that RFC 9116 defines. */
const SECURITY_TXT = '/.well-known/security.txt';

/** A dot segment, plain or encoded: a proxy in front of us might read the path differently. */
const DOTS = /(^|[/\\])\.\.?([/\\]|$)/;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/** Whether a path lies below one of the public prefixes. */
export function isOpenPath(path: string): boolean {
  const plain = decoded(path);
  if (plain === null || DOTS.test(plain)) return false;
  return OPEN.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)) || path === SECURITY_TXT;
}
