import {
  createParamDecorator,
  type CustomDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import type { Request } from 'express';
import { Conflict, Forbidden } from '../../kernel/errors.js';
import { absence, type Actor, type Presence } from '../../kernel/actor.js';
import { isHiddenRow } from '../database/values.js';
import { RECENT_SIGN_IN_MINUTES } from '../../kernel/lifetimes.js';
import type { Permission } from '../../kernel/roles.js';

export const ACROSS = 'carnot-europe:across-institutes';

/**
 * A route that sees the rows of all institutes, because only the secret of a link tells which one it is for.
 * `why` is listed in .github/SECURITY.md, like every place that sees across institutes.
 */
export const AcrossInstitutes = (why: string): CustomDecorator => SetMetadata(ACROSS, why);

export const PRESENCE = 'carnot-europe:presence';

/** Goes with a rule: ending someone's access needs a signed-in person. A lost key must not lock them out. */
export const InPerson = () => SetMetadata(PRESENCE, 'signed-in' satisfies Presence);
/**
 * Goes with a rule: whatever opens a way in, or redirects messages, needs a person who signed in recently.
 * Its effect outlives a key.
 */
export const JustSignedIn = () => SetMetadata(PRESENCE, 'recent' satisfies Presence);

/** Distinguishes this refusal from others for programs and for our own page (RFC 9457, 3.1.1). */
export const SIGN_IN_AGAIN = 'urn:carnot-europe:problem:sign-in-again';

/** Refuses what is allowed after signing in again. */
export class SignInAgain extends Forbidden<'sign-in-again'> {
  override readonly type = SIGN_IN_AGAIN;

  constructor() {
    super('sign-in-again', { minutes: RECENT_SIGN_IN_MINUTES });
  }
}

/** Throws Forbidden for people whom the network let in after others (`Actor.insideFrom`). */
export function mustSeeAllInside({ insideFrom }: Actor): void {
  if (insideFrom) throw new Forbidden('let-in-later');
}

/** The refusal if a row that is closed to those who ask stands where theirs would; null otherwise. */
export const closedBefore = (asked: object, error: unknown): Conflict | null =>
  (asked as { actor?: Actor }).actor?.insideFrom && isHiddenRow(error) ? new Conflict('closed-before') : null;

/** Throws Forbidden if no person is signed in, and SignInAgain if they signed in too long ago. */
export function mustBePresent(needed: Presence, actor: Actor, now: Date): void {
  const missing = absence(needed, actor, now);
  if (missing === 'person') throw new Forbidden('in-person-only');
  if (missing === 'sign-in') throw new SignInAgain();
}

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
