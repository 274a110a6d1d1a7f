import type { CookieOptions, Request } from 'express';

/** Returns a cookie's value (RFC 6265, section 4.2), or undefined if there is none. Ours need no decoding. */
export function cookieOf(request: Pick<Request, 'headers'>, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The setting of the application that says whether it is reached over https only. */
export const SECURE_COOKIES = 'secure cookies';

/**
 * Returns the name and options of a cookie: hidden from scripts, and sent from other sites only when they
 * link to a page of ours. The prefix keeps other hosts of the domain and pages without TLS from setting it
 * (RFC 6265bis section 4.1.3.2).
 */
export const ownCookie = (
  plainName: string,
  secure: boolean,
): { name: string; options: Readonly<CookieOptions> } => ({
  name: secure ? `__Host-${plainName}` : plainName,
  options: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
});
