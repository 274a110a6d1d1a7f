import type { NextFunction, Request, Response } from 'express';
import type { Actor } from '../kernel/actor.js';
import type { Asked } from '../platform/access/rule.js';
import { acting, actingAs, type Acting } from '../platform/database/acting.js';
import { NETWORK, ofInstitute } from '../platform/database/sight.js';

const LONGEST_NAME = 200;

function viaOf({ kind, sessionId, keyId }: Actor): string | undefined {
  if (sessionId) return `session/${sessionId}`;
  if (keyId) return `key/${keyId}`;
  return kind === 'operator' ? 'token' : undefined;
}

/** Returns on whose behalf a request acts, as the database is told. */
export function actingOf({ actor, ip }: Pick<Asked, 'actor'> & Pick<Request, 'ip'>): Acting {
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
    sees: actor.profileId === null ? NETWORK : ofInstitute(actor.profileId, actor.insideFrom),
  };
}

/** Everything a request writes is written on behalf of its sender. */
export const actingMiddleware = (request: Asked, _: Response, next: NextFunction): void =>
  actingAs({ ...actingOf(request), work: acting()?.work ?? {} }, next);
