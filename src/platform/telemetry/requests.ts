import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import { SECRET_PAGES } from '../../kernel/one-line.js';
import type { AuthenticatedRequest } from '../access/rule.js';
import { inContext } from '../database/request-context.js';
import { requestSeconds } from '../metrics/metrics.js';
import { tracer } from './traces.js';

/** Returns the pattern of a request's route, once it has been matched. */
const routeOf = (request: Request): string | undefined =>
  (request.route as { path: string } | undefined)?.path;

/** What monitors ask for every few seconds. */
const UNTRACED = /^\/(?:health|metrics)(?:\/|$)/;

/**
 * Creates a span for each request, below that of a proxy that sent `traceparent`; named by the route pattern,
 * since addresses contain the secrets of links.
 */
export function requestSpans(request: Request, response: Response, next: NextFunction): void {
  if (UNTRACED.test(request.path)) return next();
  const above = propagation.extract(context.active(), request.headers);
  const attributes = { 'http.request.method': request.method };
  const span = tracer().startSpan(request.method, { kind: SpanKind.SERVER, attributes }, above);
  response.once('close', () => {
    const route = routeOf(request);
    if (route !== undefined) span.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
    span.setAttribute('http.response.status_code', response.statusCode);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(above, span), next);
}

/** Measures how long each request takes, by route pattern. */
export function requestTimes(request: Request, response: Response, next: NextFunction): void {
  const end = requestSeconds.startTimer();
  response.once('finish', () => {
    const route = routeOf(request) ?? (request.path.startsWith('/assets/') ? '/assets' : 'none');
    end({ route, method: request.method, status: String(response.statusCode) });
  });
  next();
}

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

const SECRET_PATH = new RegExp(`^(/(?:${SECRET_PAGES})/).+`);

/** Returns a request as it may appear in a log: without what is a credential in its path. */
export const requestLine = ({ method, path }: Pick<AuthenticatedRequest, 'method' | 'path'>): string =>
  `${method} ${path.replace(SECRET_PATH, '$1…')}`;

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
