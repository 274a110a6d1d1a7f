import { ForbiddenException, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { isOf, ofNetwork, readsOf, type Actor } from '../../kernel/actor.js';
import type { Presence } from '../../kernel/presence.js';
import type { Clock } from '../../kernel/ports.js';
import { mustBePresent, mustSeeAllInside, PRESENCE } from './presence.js';
import { ALL_INSIDE, RULE, type Access, type AuthenticatedRequest, type Rule } from './rule.js';

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
  if (rule.kind === 'network' && !ofNetwork(actor)) return "Only the network's coordinators can do this.";
  if (rule.kind === 'institute') {
    const profileId = request.params[rule.param] ?? '';
    if (!(rule.inside ? isOf(actor, profileId) : readsOf(actor, profileId))) {
      return ofNetwork(actor)
        ? 'This stays inside the institute: the network cannot see it.'
        : 'This belongs to another institute.';
    }
  }
  return mayWrite(rule.access, actor);
}

const mayWrite = (access: Access, actor: Actor): string | null =>
  access === 'read' || actor.writes ? null : 'This access is read-only.';

/** Checks every request against the rule of its route. */
@Injectable()
export class RuleGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly clock: Clock,
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
    const opens = rule.kind === 'institute' && rule.inside && presence === 'recent';
    const all = this.reflector.getAllAndOverride<boolean | undefined>(ALL_INSIDE, places);
    if ((opens || all) && request.actor) mustSeeAllInside(request.actor);
    if (presence && request.actor) mustBePresent(presence, request.actor, this.clock.now());
    return true;
  }
}
