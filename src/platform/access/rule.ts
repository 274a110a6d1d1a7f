import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../../kernel/actor.js';

export type Access = 'read' | 'write';

/** Who may call a route. Declared on each route; without a rule the application does not start. */
export type Rule =
  | { kind: 'open'; why: string }
  | { kind: 'signed-in' }
  | { kind: 'oneself' }
  | { kind: 'network'; access: Access }
  /** `param` names the institute in the path. `inside` excludes the network. */
  | { kind: 'institute'; param: string; access: Access; inside: boolean };

export const RULE = 'carnot-europe:rule';
const rule = (value: Rule): CustomDecorator => SetMetadata(RULE, value);

/** Anyone, without a credential. Only below the few prefixes in `open-paths.ts`. */
export const Open = (why: string) => rule({ kind: 'open', why });
/** Anyone with a credential: data that all may see, or rows filtered by the handler (`readsOf`, `isOf`). */
export const SignedIn = () => rule({ kind: 'signed-in' });
/** A person, for their own data: sessions, keys, searches. Changes need the browser: no key makes keys. */
export const Oneself = () => rule({ kind: 'oneself' });
/** The coordinator, the operator, and the network's own keys. */
export const NetworkOnly = (access: Access) => rule({ kind: 'network', access });
/** The institute named in the path, and the network: profile and matches. */
export const OfInstitute = (param: string, access: Access) =>
  rule({ kind: 'institute', param, access, inside: false });
/** Only the institute named in the path: its people, notes, verdicts, and whom it asked. */
export const InsideInstitute = (param: string, access: Access) =>
  rule({ kind: 'institute', param, access, inside: true });

export const ALL_INSIDE = 'carnot-europe:all-inside';
/**
 * Goes with `InsideInstitute`: not for people whom the network let in after others (`Actor.insideFrom`),
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
