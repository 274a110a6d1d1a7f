import type { NextFunction, Response } from 'express';
import { ofNetwork } from '../../kernel/actor.js';
import type { AuthenticatedRequest } from '../../platform/access/rule.js';
import type { MailPlace } from '../../platform/mail/mailer-of.js';
import { viewerOf } from '../../ui/viewer.js';

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
