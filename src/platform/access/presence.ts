import { ForbiddenException, SetMetadata } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { isHiddenRow } from '../database/values.js';
import { RECENT_SIGN_IN_MINUTES } from '../../kernel/lifetimes.js';
import { absence, type Presence } from '../../kernel/presence.js';

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
export class SignInAgain extends ForbiddenException {
  constructor() {
    super({
      type: SIGN_IN_AGAIN,
      message: `You signed in more than ${RECENT_SIGN_IN_MINUTES} minutes ago. Confirm that it is you at /sign-in/confirm, and try again.`,
    });
  }
}

/** Throws ForbiddenException for people whom the network let in after others (`Actor.insideFrom`). */
export function mustSeeAllInside({ insideFrom }: Actor): void {
  if (insideFrom)
    throw new ForbiddenException(
      'The network let you in after others. Until an officer who was there before you, or the operator, opens the rest to you, you see what is new inside the institute and cannot do this.',
    );
}

/** For people whom the network let in after others (`Actor.insideFrom`). */
export const CLOSED_BEFORE =
  'Your institute has something here from before you came, and that is closed to you until an officer who was there, or the operator, opens it.';

/** Whether a row that is closed to those who ask stands where theirs would. */
export const isClosedBefore = (asked: object, error: unknown): boolean =>
  Boolean((asked as { actor?: Actor }).actor?.insideFrom) && isHiddenRow(error);

/** Throws ForbiddenException if no person is signed in, and SignInAgain if they signed in too long ago. */
export function mustBePresent(needed: Presence, actor: Actor, now: Date): void {
  const missing = absence(needed, actor, now);
  if (missing === 'person') throw new ForbiddenException('Sign in to do this: a key cannot do it.');
  if (missing === 'sign-in') throw new SignInAgain();
}
