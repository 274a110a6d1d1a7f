import type { NextFunction, Request, Response } from 'express';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { from, Observable, type Subscription, switchMap } from 'rxjs';
import type { Actor } from '../kernel/actor.js';
import { ACROSS, type AuthenticatedRequest } from '../platform/access/rule.js';
import {
  acrossInstitutes,
  inContext,
  requestContext,
  type RequestContext,
  NETWORK_ROWS,
  rowsOfInstitute,
} from '../platform/database/request-context.js';
import { Audit, EXPORTED } from './audit.js';

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

/**
 * Sets the request's context again just before the handler, because the body parser may have lost it, and
 * records exports in the audit log before they leave.
 */
@Injectable()
export class RequestContextInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: Audit,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const places = [context.getHandler(), context.getClass()];
    const exported = this.reflector.getAllAndOverride<boolean | undefined>(EXPORTED, places);
    const why = this.reflector.getAllAndOverride<string | undefined>(ACROSS, places);
    const { requestId } = context.switchToHttp().getResponse<Response>().locals as { requestId?: string };
    const who = { ...contextOfRequest(request), work: requestId ? { request: requestId } : {} };
    const run = (): Observable<unknown> =>
      new Observable((subscriber) => {
        const handle = (): Subscription => next.handle().subscribe(subscriber);
        return inContext(who, () => (why === undefined ? handle() : acrossInstitutes(why, handle)));
      });
    if (!exported || !request.actor) return run();
    const { profile, id } = request.params;
    const institute =
      [profile, id].find((value): value is string => typeof value === 'string') ?? request.actor.profileId;
    const entered = inContext(who, () => this.audit.note('exported', institute, `path${request.path}`));
    return from(entered).pipe(switchMap(run));
  }
}
