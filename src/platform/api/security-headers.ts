import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Only our own files: no script, style or event handler inside a page runs, and no other site frames one. */
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

/** The description of the API is a page of Swagger's, with styles inside. */
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

/**
 * A year, as browsers ask for it, and for names below ours too: our host is one of its own, so nothing of
 * anybody else's lies there.
 */
const TLS_ONLY = `max-age=${365 * 86_400}; includeSubDomains`;

/**
 * The headers that keep a page from being used against its reader, on every answer; where people come by
 * https, none comes without it again (RFC 6797).
 */
export const securityHeaders =
  (publicUrl: string): RequestHandler =>
  (request: Request, response: Response, next: NextFunction) => {
    if (publicUrl.startsWith('https:')) response.setHeader('Strict-Transport-Security', TLS_ONLY);
    if (!request.path.startsWith('/assets/')) response.setHeader('Cache-Control', 'no-store');
    (request.path.startsWith('/docs') ? DOCS : PAGES)(request, response, next);
  };
