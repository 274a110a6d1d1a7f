import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { inContext } from '../database/request-context.js';
import type { AuthenticatedRequest } from '../access/rule.js';

/** The form of a request id set by a proxy in front of us, so that its log and ours match up. */
const GIVEN = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives each request an id, which its response and all its log lines carry. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && GIVEN.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  response.locals['requestId'] = id;
  inContext({ kind: 'nobody', work: { request: id } }, next);
}

/** Returns a request as it may appear in a log: what follows these prefixes is a credential. */
export const requestLine = ({ method, path }: Pick<AuthenticatedRequest, 'method' | 'path'>): string =>
  `${method} ${path.replace(
    /^(\/(?:unsubscribe|newsletter|notification-preferences|answer|contact|decide|feeds|sign-in|calendars)\/).+/,
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
