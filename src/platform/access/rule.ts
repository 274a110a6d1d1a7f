import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Actor } from '../../kernel/actor.js';

export type Access = 'read' | 'write';

/** Who may call a route. Declared beside each one; a route without a rule does not start. */
export type Rule =
  | { kind: 'open'; why: string }
  | { kind: 'signed-in' }
  | { kind: 'oneself' }
  | { kind: 'network'; access: Access }
  /** `param` names the institute in the path. `inside`: the network has no part in it. */
  | { kind: 'institute'; param: string; access: Access; inside: boolean };

export const RULE = 'carnot-europe:rule';
const rule = (value: Rule): CustomDecorator => SetMetadata(RULE, value);

/** Anybody, without a credential. Only below the few prefixes that `open-paths.ts` names. */
export const Open = (why: string) => rule({ kind: 'open', why });
/**
 * Whoever has a credential: what all see alike, or rows of which the handler shows only those that `readsOf`
 * or `isOf` allows.
 */
export const SignedIn = () => rule({ kind: 'signed-in' });
/**
 * A person, about themselves: their sessions, keys, searches. What changes something needs the browser: a key
 * makes no keys.
 */
export const Oneself = () => rule({ kind: 'oneself' });
/** The coordinator, the operator, and the network's own keys. */
export const NetworkOnly = (access: Access) => rule({ kind: 'network', access });
/** The institute named in the path, and the network: profile and matches. */
export const OfInstitute = (param: string, access: Access) =>
  rule({ kind: 'institute', param, access, inside: false });
/** The institute named in the path alone: its people, notes, verdicts, and whom it asked. */
export const InsideInstitute = (param: string, access: Access) =>
  rule({ kind: 'institute', param, access, inside: true });

export interface Asked extends Request {
  actor?: Actor;
}

/** Who asks. Never on an open route: there it may be nobody. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<Asked>();
  if (!actor) throw new Error('a route that asks for the actor must not be open');
  return actor;
});
