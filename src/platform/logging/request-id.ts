import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';
import { actingAs } from '../database/acting.js';

/** What somebody before us may have called the request, so that its log and ours fit together. */
const GIVEN = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives each request an id, which its answer carries and every line of the log that belongs to it. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && GIVEN.test(given) ? given : randomUUID();
  response.setHeader('X-Request-Id', id);
  response.locals['requestId'] = id;
  actingAs({ kind: 'nobody', work: { request: id } }, next);
}
