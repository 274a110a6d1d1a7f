import { SetMetadata } from '@nestjs/common';
import { Conflict, Forbidden } from '../../kernel/errors.js';
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
