import type { NextFunction, Request, Response } from 'express';
import type { Actor } from '../kernel/actor.js';
import type { AuthenticatedRequest } from '../platform/access/rule.js';
import { requestContext, inContext, type RequestContext } from '../platform/database/request-context.js';
import { NETWORK_ROWS, rowsOfInstitute } from '../platform/database/row-scope.js';

const LONGEST_NAME = 200;

function viaOf({ kind, sessionId, keyId }: Actor): string | undefined {
  if (sessionId) return `session/${sessionId}`;
  if (keyId) return `key/${keyId}`;
  return kind === 'operator' ? 'token' : undefined;
}

/** Returns on whose behalf a request acts, as the database is told. */
export function contextOfRequest({
  actor,
  ip,
}: Pick<AuthenticatedRequest, 'actor'> & Pick<Request, 'ip'>): RequestContext {
  const from = ip ? { from: ip } : {};
  if (!actor) return { kind: 'nobody', ...from };
  const via = viaOf(actor);
  return {
    kind: actor.kind,
    ...(actor.personId && { person: actor.personId }),
    ...(actor.profileId && { profile: actor.profileId }),
    ...(actor.kind === 'service' &&
      actor.keyId && { key: actor.keyId, name: actor.name.slice(0, LONGEST_NAME) }),
    ...(via && { via }),
    ...from,
    // Without an institute, they belong to the network.
    rows: actor.profileId === null ? NETWORK_ROWS : rowsOfInstitute(actor.profileId, actor.insideFrom),
  };
}

/** Everything a request writes is written on behalf of its sender. */
export const requestContextMiddleware = (
  request: AuthenticatedRequest,
  _: Response,
  next: NextFunction,
): void => inContext({ ...contextOfRequest(request), work: requestContext()?.work ?? {} }, next);
