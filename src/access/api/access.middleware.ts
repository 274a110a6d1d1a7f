import type { NextFunction, Request, Response } from 'express';
import type { Actor } from '../../kernel/actor.js';
import { isOpenPath } from '../../platform/access/open-paths.js';
import type { Asked } from '../../platform/access/rule.js';
import { pageForAnyone } from '../../platform/api/page-for-anyone.js';
import { sendProblem } from '../../platform/api/problem.js';
import { wantsPage } from '../../platform/api/wants-page.js';
import { logRefusal } from '../../platform/logging/request-lines.js';
import { STEP_PATHS, type Awaited } from '../domain/second-factor.js';
import { fromOtherSite } from '../other-site.js';

/** Who comes with a request, null where its credential is none of ours. */
export interface Credentials {
  actorOf(request: Request): Promise<Actor | null>;
}

/**
 * Stands before everything else, the body's parser included: who has no credential learns nothing of routes
 * or input. A middleware and not a guard, since guards only run where a route was found.
 */
export function accessMiddleware(credentials: Credentials) {
  return (request: Asked, response: Response, next: NextFunction): void => {
    if (fromOtherSite(request)) return refuseOtherSite(request, response);
    if (request.path.startsWith('/assets/') && isOpenPath(request.path)) return next();
    credentials
      .actorOf(request)
      .then((actor) => {
        // Who was told meanwhile that it cannot be done must not find it done.
        if (response.headersSent) return;
        if (actor?.awaits && !leadsInOrOut(request.path)) {
          // What is open to everybody is so to them too, as nobody.
          if (!isOpenPath(request.path)) return askSecondFactor(request, response, actor.awaits);
        } else if (actor) request.actor = actor;
        else if (!isOpenPath(request.path)) return refuse(request, response);
        next();
      })
      .catch(next);
  };
}

/**
 * Where somebody whose second factor is still asked for is known: on the pages of signing in, and on the way
 * out.
 */
const leadsInOrOut = (path: string): boolean =>
  path === '/sign-out' || ((path === '/sign-in' || path.startsWith('/sign-in/')) && isOpenPath(path));

/** By this a program knows that a session lacks its second factor (RFC 9457, 3.1.1). */
const SECOND_FACTOR = 'urn:carnot-europe:problem:second-factor';
const ASKS: Record<Awaited, string> = {
  passkey: `This session still waits for your passkey. Answer at ${STEP_PATHS.passkey}, and try again.`,
  'new-passkey': `Coordinators need a passkey here. Create yours at ${STEP_PATHS['new-passkey']}, and try again.`,
};

/** A person is led to the step that is left, which leads back; a script or program is told of it. */
function askSecondFactor(request: Asked, response: Response, awaits: Awaited): void {
  const step = STEP_PATHS[awaits];
  if (!wantsPage(request))
    return sendProblem(response, 403, ASKS[awaits], request.path, { type: SECOND_FACTOR });
  if (request.headers['hx-request']) response.status(401).setHeader('HX-Redirect', step).end();
  else
    response.redirect(
      303,
      request.method === 'GET' && request.path !== '/'
        ? `${step}?next=${encodeURIComponent(request.originalUrl)}`
        : step,
    );
}

/** Who sent it is not looked up, so that the page is in every language. */
function refuseOtherSite(request: Asked, response: Response): void {
  logRefusal(request, 'it comes from another site');
  if (wantsPage(request)) response.status(403).type('html').send(OTHER_SITE);
  else
    sendProblem(
      response,
      403,
      'This request comes from another site. Open the page here and try again.',
      request.path,
    );
}

const OTHER_SITE = pageForAnyone({ heading: 'anyone.other-site', text: 'anyone.other-site.text' });

/** A person in a browser is shown where to sign in; a program is told what is missing. */
function refuse(request: Request, response: Response): void {
  if (wantsPage(request)) {
    const to =
      request.method === 'GET' && request.path !== '/'
        ? `/sign-in?next=${encodeURIComponent(request.originalUrl)}`
        : '/sign-in';
    // What a script asked for is a part of a page: the page itself has to go there.
    if (request.headers['hx-request']) response.status(401).setHeader('HX-Redirect', '/sign-in').end();
    else response.redirect(303, to);
    return;
  }
  response.setHeader('WWW-Authenticate', 'Bearer realm="carnot-europe"');
  sendProblem(
    response,
    401,
    'Send a key as "Authorization: Bearer …". The API is described at /docs.',
    request.path,
  );
}
