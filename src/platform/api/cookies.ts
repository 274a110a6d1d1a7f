import type { CookieOptions, Request } from 'express';

/**
 * The value of a cookie of a request (RFC 6265, section 4.2); undefined where it has none of that name. Ours
 * need no decoding.
 */
export function cookieOf(request: Pick<Request, 'headers'>, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The setting of the application that says whether people come by https alone. */
export const SECURE_COOKIES = 'secure cookies';

/**
 * A cookie of ours, by its plain name: out of reach of scripts, and of other sites except where they only
 * lead to a page of ours. With the prefix no other host of the domain and no page without TLS can set it (RFC
 * 6265bis section 4.1.3.2).
 */
export const ownCookie = (
  plainName: string,
  secure: boolean,
): { name: string; options: Readonly<CookieOptions> } => ({
  name: secure ? `__Host-${plainName}` : plainName,
  options: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
});
