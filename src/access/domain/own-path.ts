/**
 * An inbox with its filters is longer than most; a sentence to search for grows as it is written into an
 * address.
 */
const LONGEST = 2_000;
/** Signing in leads to a page; it must not lead out again, or to itself. */
const NEVER = /^\/(sign-in|sign-out)(\/|\?|#|$)/;

/**
 * A page of ours that somebody asked for before signing in, or came from with a form, null for anything that
 * a browser would take to another site: another scheme or host, `//host`, `/\host`, `/.//host`, and what
 * becomes one of them once a browser has left out tabs and line breaks.
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
