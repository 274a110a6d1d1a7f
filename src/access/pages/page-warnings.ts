import type { NextFunction, Response } from 'express';
import { ofNetwork, readsOf } from '../../kernel/actor.js';
import type { AuthenticatedRequest } from '../../platform/access/rule.js';
import type { MailPlace } from '../../platform/mail/mailer-of.js';
import { viewerOf } from '../../ui/viewer.js';
import type { InstituteOverview } from '../api/institute-overview.js';

/**
 * Checks on every page whether messages reach people: whether sending is held, which concerns all readers,
 * and for the network, which can have it done, whether a mail server is set.
 */
export function heldSendingMiddleware(sending: { held(): Promise<unknown> }, mail: MailPlace) {
  return async (request: AuthenticatedRequest, _: Response, next: NextFunction): Promise<void> => {
    const viewer = viewerOf(request);
    const looks =
      request.method === 'GET' && viewer && !viewer.part && !/^\/(health|docs)/.test(request.path);
    if (looks) {
      viewer.sendingHeld = (await sending.held()) !== null;
      viewer.unsentMail = mail !== 'server' && viewer.actor && ofNetwork(viewer.actor) ? mail : null;
    }
    next();
  };
}

const OF_INSTITUTE = /^\/institutes\/([^/]+)\/(?:inbox|profile|people|sheets|team|messages|channels)$/;

/**
 * Checks on each of an institute's pages whether anyone is notified of its calls, so that the page can warn
 * if not.
 */
export function noRecipientsMiddleware(institutes: Pick<InstituteOverview, 'hasRecipients'>) {
  return async (request: AuthenticatedRequest, _: Response, next: NextFunction): Promise<void> => {
    const [viewer, id] = [viewerOf(request), OF_INSTITUTE.exec(request.path)?.[1]];
    const looks =
      request.method === 'GET' &&
      viewer?.actor &&
      id !== undefined &&
      !viewer.part &&
      readsOf(viewer.actor, id);
    if (looks && !(await institutes.hasRecipients(id))) viewer.withoutRecipients = id;
    next();
  };
}
