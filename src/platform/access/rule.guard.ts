import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  type Actor,
  changesAnything,
  may,
  ofNetwork,
  type Permission,
  PERMISSIONS,
  type Presence,
  readsOf,
} from '../../kernel/actor.js';
import { Forbidden, type ProblemCode } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import { CLOCK } from '../tokens.js';
import {
  ALL_INSIDE,
  type AuthenticatedRequest,
  mustBePresent,
  mustSeeAllInside,
  PRESENCE,
  type Rule,
  RULE,
} from './rule.js';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

type Refused = Extract<
  ProblemCode,
  | 'sign-in-first'
  | 'of-a-person'
  | 'signed-in-only'
  | 'network-only'
  | 'inside-only'
  | 'of-another-institute'
  | 'read-only'
  | 'role-without-this'
>;

/** Returns why this actor is refused; null if they are allowed. */
export function refusal(
  rule: Rule,
  actor: Actor | undefined,
  request: { method: string; params: Record<string, string | undefined> },
): Refused | null {
  if (rule.kind === 'open') return null;
  if (!actor) return 'sign-in-first';
  if (rule.kind === 'signed-in') return null;
  if (rule.kind === 'oneself') {
    if (actor.personId === null) return 'of-a-person';
    return SAFE.includes(request.method) || actor.sessionId !== null ? null : 'signed-in-only';
  }
  const { permission, param } = rule;
  const profileId = param === undefined ? undefined : (request.params[param] ?? '');
  return may(actor, permission, profileId) ? null : lacking(actor, permission, profileId);
}

function lacking(actor: Actor, permission: Permission, profileId: string | undefined): Refused {
  const whose = PERMISSIONS[permission];
  if (whose === 'network' && !ofNetwork(actor)) return 'network-only';
  if (whose === 'inside' && ofNetwork(actor)) return 'inside-only';
  if (profileId !== undefined && !readsOf(actor, profileId)) return 'of-another-institute';
  return permission.endsWith('.write') && !changesAnything(actor) ? 'read-only' : 'role-without-this';
}

/** Checks every request against the rule of its route. */
@Injectable()
export class RuleGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<Rule | undefined>(RULE, places);
    const presence = this.reflector.getAllAndOverride<Presence | undefined>(PRESENCE, places);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!rule) throw new Error(`${request.method} ${request.path} has no rule`);
    const why = refusal(rule, request.actor, request as never);
    if (why) throw new Forbidden(why);
    // What opens a way in, or redirects messages, would hand on more than they see themselves.
    const inside = rule.kind === 'permission' && PERMISSIONS[rule.permission] === 'inside';
    const all = this.reflector.getAllAndOverride<boolean | undefined>(ALL_INSIDE, places);
    if (((inside && presence === 'recent') || all) && request.actor) mustSeeAllInside(request.actor);
    if (presence && request.actor) mustBePresent(presence, request.actor, this.clock.now());
    return true;
  }
}
