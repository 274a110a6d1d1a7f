const LONGEST = 1_000;
/** Signing in leads to a page; it must not lead out again, or to itself. */
const NEVER = /^\/(sign-in|sign-out)(\/|\?|#|$)/;

/**
 * A page of ours that somebody asked for before signing in, null for anything that a browser would take to another site: another
 * scheme or host, `//host`, `/\host`, `/.//host`, and what becomes one of them once a browser has left out tabs and line breaks.
 */
export function ownPath(asked: string | null | undefined): string | null {
  if (!asked || asked.length > LONGEST || !asked.startsWith('/') || /[\\\p{Cc}]/u.test(asked) || !URL.canParse(asked, 'http://here')) return null;
  const url = new URL(asked, 'http://here');
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.host === 'here' && url.username === '' && !path.startsWith('//') && !NEVER.test(path) ? path : null;
}
