/** What answers without a credential; everything else does not even say whether it exists. */
const OPEN = [
  '/health',
  '/sign-in',
  '/unsubscribe',
  '/notification-preferences',
  // Links in mails that were sent before its pages moved.
  '/telling',
  '/answer',
  '/contact',
  '/feeds',
  '/calendars',
  '/privacy',
  '/assets',
];

/** Where RFC 9116 has it looked for. */
const SECURITY_TXT = '/.well-known/security.txt';

/**
 * A dot segment, plain or encoded: something that stands before us might read the path as another one than we
 * do.
 */
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
