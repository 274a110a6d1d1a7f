import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../../kernel/actor.js';
import type { Permission } from '../../kernel/roles.js';

/** Who may call a route. Declared on each route; without a rule the application does not start. */
export type Rule =
  | { kind: 'open'; why: string }
  | { kind: 'signed-in' }
  | { kind: 'oneself' }
  /** `param` names the institute in the path. */
  | { kind: 'permission'; permission: Permission; param?: string };

export const RULE = 'carnot-europe:rule';
const rule = (value: Rule): CustomDecorator => SetMetadata(RULE, value);

/** Anyone, without a credential. Only below the few prefixes in `open-paths.ts`. */
export const Open = (why: string) => rule({ kind: 'open', why });
/** Anyone with a credential, for their own access. */
export const SignedIn = () => rule({ kind: 'signed-in' });
/** A person, for their own data: sessions, keys, searches. Changes need the browser: no key makes keys. */
export const Oneself = () => rule({ kind: 'oneself' });
/**
 * Whoever holds the permission (`src/kernel/roles.ts`), for the institute that `param` names in the path.
 * Without it the handler filters the rows (`readsOf`, `isOf`), unless all may see them or they are the
 * network's.
 */
export const Needs = (permission: Permission, param?: string) =>
  rule({ kind: 'permission', permission, ...(param !== undefined && { param }) });

export const ALL_INSIDE = 'carnot-europe:all-inside';
/**
 * Goes with `Needs`: not for people whom the network let in after others (`Actor.insideFrom`),
 * where the database cannot tell what is new from what was there before.
 */
export const AllInside = () => SetMetadata(ALL_INSIDE, true);

export interface AuthenticatedRequest extends Request {
  actor?: Actor;
}

/** The actor of the request. Never on an open route, where there may be none. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!actor) throw new Error('a route that asks for the actor must not be open');
  return actor;
});
