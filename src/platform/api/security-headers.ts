import type { CookieOptions, NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

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

/** Only our own files: no inline script, style or event handler runs, and no other site may frame a page. */
const PAGES = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      fontSrc: ["'self'"],
      frameSrc: ["'self'"],
      objectSrc: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  strictTransportSecurity: false,
});

/** The API description is a Swagger page with inline styles. */
const DOCS = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  strictTransportSecurity: false,
});

/** A year, as browsers require, with subdomains: nothing but this product uses our host name. */
const TLS_ONLY = `max-age=${365 * 86_400}; includeSubDomains`;

/**
 * Sets headers on every response that keep a page from being used against its reader. Once reached over
 * https, the site is never loaded without it again (RFC 6797).
 */
export const securityHeaders =
  (publicUrl: string): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    if (publicUrl.startsWith('https:')) response.setHeader('Strict-Transport-Security', TLS_ONLY);
    if (!request.path.startsWith('/assets/')) response.setHeader('Cache-Control', 'no-store');
    (request.path.startsWith('/docs') ? DOCS : PAGES)(request, response, next);
  };
