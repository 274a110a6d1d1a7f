import type { NextFunction, Response } from 'express';
import { readsOf } from '../../kernel/actor.js';
import type { InstituteOverview } from '../api/institute-overview.js';
import type { AuthenticatedRequest } from '../../platform/access/rule.js';
import { viewerOf } from '../../ui/viewer.js';

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
