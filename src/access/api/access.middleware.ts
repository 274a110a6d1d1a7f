import type { NextFunction, Request, Response } from 'express';
import type { Actor } from '../../kernel/actor.js';
import { Forbidden, Unauthorized } from '../../kernel/errors.js';
import { type AuthenticatedRequest, isOpenPath } from '../../platform/access/rule.js';
import { pageForAnyone } from '../../ui/page-for-anyone.js';
import { wantsPage } from '../../platform/api/input.pipe.js';
import { logRefusal } from '../../platform/logging/request-log.js';
import { type Awaited, STEP_PATHS } from '../domain/second-factor.js';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a browser sends this state-changing request on behalf of another site: by Fetch Metadata, or else
 * by Origin, like CrossOriginProtection in Go's net/http. Browsers never add a bearer token by themselves,
 * and one-click unsubscribe requests (RFC 8058) come from mail providers, not browsers.
 */
function fromOtherSite(request: Request): boolean {
  if (
    SAFE.includes(request.method) ||
    request.headers.authorization ||
    /^\/(?:unsubscribe|newsletter)\//.test(request.path)
  )
    return false;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  // Neither header: not a recent browser, so there is no cookie for another site to abuse.
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host;
}

/** Returns who sent a request; null if its credential is not one of ours. */
export interface Credentials {
  actorOf(request: Request): Promise<Actor | null>;
}

/** The same for everyone, so nobody is looked up in the database: a probe may send its key. */
const FOR_ANYONE = /^\/(?:assets|health)(?:\/|$)/;

/**
 * Runs before everything else, including the body parser: without a credential, nobody learns about routes or
 * input. A middleware rather than a guard, because guards run only for matched routes.
 */
export function accessMiddleware(credentials: Credentials) {
  return (request: AuthenticatedRequest, response: Response, next: NextFunction): void => {
    if (fromOtherSite(request)) return refuseOtherSite(request, response, next);
    if (FOR_ANYONE.test(request.path) && isOpenPath(request.path)) return next();
    credentials
      .actorOf(request)
      .then((actor) => {
        // A client already told that the request failed must not have it carried out.
        if (response.headersSent) return;
        if (actor?.awaits && !leadsInOrOut(request.path)) {
          // Open paths stay open to them too, anonymously.
          if (!isOpenPath(request.path)) return askSecondFactor(request, response, next, actor.awaits);
        } else if (actor) request.actor = actor;
        else if (!isOpenPath(request.path)) return refuse(request, response, next);
        next();
      })
      .catch(next);
  };
}

/**
 * Paths on which a session that still lacks its second factor is recognised: the sign-in pages and sign-out.
 */
const leadsInOrOut = (path: string): boolean =>
  path === '/sign-out' || ((path === '/sign-in' || path.startsWith('/sign-in/')) && isOpenPath(path));

/** The session lacks its second factor, which programs are told apart (RFC 9457, 3.1.1). */
class SecondFactorNeeded extends Forbidden<'passkey-awaited' | 'passkey-needed'> {
  override readonly type = 'urn:carnot-europe:problem:second-factor';
}
const ASKS = { passkey: 'passkey-awaited', 'new-passkey': 'passkey-needed' } as const satisfies Record<
  Awaited,
  string
>;

/** Redirects a person to the missing step, which leads back; scripts and programs get an error. */
function askSecondFactor(
  request: AuthenticatedRequest,
  response: Response,
  next: NextFunction,
  awaits: Awaited,
): void {
  const step = STEP_PATHS[awaits];
  if (!wantsPage(request)) return next(new SecondFactorNeeded(ASKS[awaits]));
  if (request.headers['hx-request']) response.status(401).setHeader('HX-Redirect', step).end();
  else
    response.redirect(
      303,
      request.method === 'GET' && request.path !== '/'
        ? `${step}?next=${encodeURIComponent(request.originalUrl)}`
        : step,
    );
}

/** The sender is not looked up, so the page is shown in every language. */
function refuseOtherSite(request: AuthenticatedRequest, response: Response, next: NextFunction): void {
  if (!wantsPage(request)) return next(new Forbidden('other-site'));
  logRefusal(request, 'it comes from another site');
  response.status(403).type('html').send(OTHER_SITE);
}

const OTHER_SITE = pageForAnyone({ heading: 'anyone.other-site', text: 'anyone.other-site.text' });

/** Redirects a browser to the sign-in page; tells a program what is missing. */
function refuse(request: Request, response: Response, next: NextFunction): void {
  if (wantsPage(request)) {
    const to =
      request.method === 'GET' && request.path !== '/'
        ? `/sign-in?next=${encodeURIComponent(request.originalUrl)}`
        : '/sign-in';
    // A script loads only part of a page: the page itself has to be redirected.
    if (request.headers['hx-request']) response.status(401).setHeader('HX-Redirect', '/sign-in').end();
    else response.redirect(303, to);
    return;
  }
  response.setHeader('WWW-Authenticate', 'Bearer realm="carnot-europe"');
  next(new Unauthorized('no-credential'));
}
