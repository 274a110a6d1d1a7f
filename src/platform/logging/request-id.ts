import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { inContext } from '../database/request-context.js';

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
