import type { NextFunction, Request, Response } from 'express';
import { sendProblem } from '../../platform/api/problem.js';
import type { AdminToken } from './admin-token.js';

/** What answers without a credential, now and later; everything else does not even say whether it exists. */
const OPEN = ['/health', '/docs', '/sign-in', '/unsubscribe', '/answer', '/feeds', '/calendar', '/assets'];

/** A dot segment, plain or encoded: something that stands before us might read the path as another one than we do. */
const DOTS = /(^|[/\\])\.\.?([/\\]|$)/;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

function isOpen(path: string): boolean {
  const plain = decoded(path);
  if (plain === null || DOTS.test(plain)) return false;
  return OPEN.some((prefix) => path === prefix || path.startsWith(`${prefix}/`)) || path === '/docs-json';
}

/** The bearer token of a request (RFC 6750), null where there is none or it is malformed. */
function bearer(request: Request): string | null {
  return /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/**
 * Stands before everything else, the body's parser included: who has no credential learns nothing of routes or input.
 * A middleware and not a guard, since guards only run where a route was found.
 */
export function accessMiddleware(tokens: Pick<AdminToken, 'accepts'>) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (isOpen(request.path)) return next();
    const token = bearer(request);
    const allowed = token === null ? Promise.resolve(false) : tokens.accepts(token);
    allowed.then((yes) => (yes ? next() : refuse(request, response)), next);
  };
}

function refuse(request: Request, response: Response): void {
  response.setHeader('WWW-Authenticate', 'Bearer realm="carnot-europe"');
  sendProblem(response, 401, 'Send the admin token as "Authorization: Bearer …". The API is described at /docs.', request.path);
}
