import {
  ForbiddenException,
  Inject,
  Injectable,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { changesAnything, may, ofNetwork, readsOf, type Actor } from '../../kernel/actor.js';
import type { Presence } from '../../kernel/presence.js';
import { PERMISSIONS, type Permission } from '../../kernel/roles.js';
import type { Clock } from '../../kernel/ports.js';
import { CLOCK } from '../tokens.js';
import { mustBePresent, mustSeeAllInside, PRESENCE } from './presence.js';
import { ALL_INSIDE, RULE, type AuthenticatedRequest, type Rule } from './rule.js';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Returns why this actor is refused, as a sentence for them; null if they are allowed. */
export function refusal(
  rule: Rule,
  actor: Actor | undefined,
  request: { method: string; params: Record<string, string | undefined> },
): string | null {
  if (rule.kind === 'open') return null;
  if (!actor) return 'Sign in first.';
  if (rule.kind === 'signed-in') return null;
  if (rule.kind === 'oneself') {
    if (actor.personId === null) return 'This belongs to a person: sign in, or use a personal key.';
    return SAFE.includes(request.method) || actor.sessionId !== null
      ? null
      : 'Only the signed-in person can change this.';
  }
  const { permission, param } = rule;
  const profileId = param === undefined ? undefined : (request.params[param] ?? '');
  return may(actor, permission, profileId) ? null : lacking(actor, permission, profileId);
}

function lacking(actor: Actor, permission: Permission, profileId: string | undefined): string {
  const whose = PERMISSIONS[permission];
  if (whose === 'network' && !ofNetwork(actor)) return "Only the network's coordinators can do this.";
  if (whose === 'inside' && ofNetwork(actor))
    return 'This stays inside the institute: the network cannot see it.';
  if (profileId !== undefined && !readsOf(actor, profileId)) return 'This belongs to another institute.';
  return permission.endsWith('.write') && !changesAnything(actor)
    ? 'This access is read-only.'
    : 'Your role does not include this.';
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
    if (why) throw new ForbiddenException(why);
    // What opens a way in, or redirects messages, would hand on more than they see themselves.
    const inside = rule.kind === 'permission' && PERMISSIONS[rule.permission] === 'inside';
    const all = this.reflector.getAllAndOverride<boolean | undefined>(ALL_INSIDE, places);
    if (((inside && presence === 'recent') || all) && request.actor) mustSeeAllInside(request.actor);
    if (presence && request.actor) mustBePresent(presence, request.actor, this.clock.now());
    return true;
  }
}
