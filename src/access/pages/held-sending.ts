import type { NextFunction, Response } from 'express';
import type { Asked } from '../../platform/access/rule.js';
import { viewerOf } from '../../ui/viewer.js';

/** Checks on every page whether sending is held, so that nobody waits for messages that will not come. */
export function heldSendingMiddleware(sending: { held(): Promise<unknown> }) {
  return async (request: Asked, _: Response, next: NextFunction): Promise<void> => {
    const viewer = viewerOf(request);
    const looks =
      request.method === 'GET' && viewer && !viewer.part && !/^\/(health|docs)/.test(request.path);
    if (looks) viewer.sendingHeld = (await sending.held()) !== null;
    next();
  };
}
