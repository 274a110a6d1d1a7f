import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { Reflector } from '@nestjs/core';
import { from, Observable, switchMap, type Subscription } from 'rxjs';
import { ACROSS, type AuthenticatedRequest } from '../platform/access/rule.js';
import { acrossInstitutes, inContext } from '../platform/database/request-context.js';
import { Audit, EXPORTED } from './audit.js';
import { contextOfRequest } from './request-context.middleware.js';

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
