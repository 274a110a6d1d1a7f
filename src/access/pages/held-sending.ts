import type { NextFunction, Response } from 'express';
import type { Asked } from '../../platform/access/rule.js';
import { viewerOf } from '../../ui/viewer.js';

/** Looks for each page whether messages are held back, so that nobody waits for one that will not come. */
export function heldSendingMiddleware(sending: { held(): Promise<unknown> }) {
  return async (request: Asked, _: Response, next: NextFunction): Promise<void> => {
    const viewer = viewerOf(request);
    const looks =
      request.method === 'GET' && viewer && !viewer.part && !/^\/(health|docs)/.test(request.path);
    if (looks) viewer.sendingHeld = (await sending.held()) !== null;
    next();
  };
}
