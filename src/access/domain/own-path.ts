/** An inbox address with filters is longer than most, and a search sentence grows when URL-encoded. */
const LONGEST = 2_000;
/** Sign-in must not lead to sign-out, or back to itself. */
const NEVER = /^\/(sign-in|sign-out)(\/|\?|#|$)/;

/**
 * Returns a local path requested before sign-in, or the page a form came from; null for anything that a
 * browser would take to another site: another scheme or host, `//host`, `/\host`, `/.//host`, or what becomes
 * one of these once the browser strips tabs and line breaks.
 */
export function ownPath(asked: string | null | undefined): string | null {
  if (
    !asked ||
    asked.length > LONGEST ||
    !asked.startsWith('/') ||
    /[\\\p{Cc}]/u.test(asked) ||
    !URL.canParse(asked, 'http://here')
  )
    return null;
  const url = new URL(asked, 'http://here');
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.host === 'here' && url.username === '' && !path.startsWith('//') && !NEVER.test(path)
    ? path
    : null;
}
