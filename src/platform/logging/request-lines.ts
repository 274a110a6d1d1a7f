import { Logger } from '@nestjs/common';
import type { AuthenticatedRequest } from '../access/rule.js';

/** Returns a request as it may appear in a log: what follows these prefixes is a credential. */
export const requestLine = ({ method, path }: Pick<AuthenticatedRequest, 'method' | 'path'>): string =>
  `${method} ${path.replace(
    /^(\/(?:unsubscribe|notification-preferences|answer|contact|decide|feeds|sign-in|calendars)\/).+/,
    '$1…',
  )}`;

/** Returns ids only: names and addresses do not belong in a log. */
function whoAsks({ actor }: Pick<AuthenticatedRequest, 'actor'>): string {
  if (!actor) return 'nobody';
  if (actor.keyId) return `key/${actor.keyId}`;
  return actor.personId === null ? actor.kind : `person/${actor.personId}`;
}

const log = new Logger('Refused');

/** Logs that someone requested what they may not have. */
export const logRefusal = (request: AuthenticatedRequest, why: string): void =>
  log.warn(`${requestLine(request)} by ${whoAsks(request)}: ${why}`);
