import { Logger } from '@nestjs/common';
import type { Asked } from '../access/rule.js';

/** A request as it may stand in a log: what follows these prefixes is a credential. */
export const requestLine = ({ method, path }: Pick<Asked, 'method' | 'path'>): string =>
  `${method} ${path.replace(
    /^(\/(?:unsubscribe|notification-preferences|telling|answer|contact|feeds|sign-in|calendars)\/).+/,
    '$1…',
  )}`;

/** By its id alone: names and addresses have no place in a log. */
function whoAsks({ actor }: Pick<Asked, 'actor'>): string {
  if (!actor) return 'nobody';
  if (actor.keyId) return `key/${actor.keyId}`;
  return actor.personId === null ? actor.kind : `person/${actor.personId}`;
}

const log = new Logger('Refused');

/** Says in the log that somebody asked for what they may not have. */
export const logRefusal = (request: Asked, why: string): void =>
  log.warn(`${requestLine(request)} by ${whoAsks(request)}: ${why}`);
