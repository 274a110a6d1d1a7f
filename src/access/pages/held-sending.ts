import type { NextFunction, Response } from 'express';
import type { AuthenticatedRequest } from '../../platform/access/rule.js';
import { viewerOf } from '../../ui/viewer.js';

/** Checks on every page whether sending is held, so that nobody waits for messages that will not come. */
export function heldSendingMiddleware(sending: { held(): Promise<unknown> }) {
  return async (request: AuthenticatedRequest, _: Response, next: NextFunction): Promise<void> => {
    const viewer = viewerOf(request);
    const looks =
      request.method === 'GET' && viewer && !viewer.part && !/^\/(health|docs)/.test(request.path);
    if (looks) viewer.sendingHeld = (await sending.held()) !== null;
    next();
  };
}
