import { ForbiddenException, SetMetadata } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { RECENT_SIGN_IN_MINUTES, absence, type Presence } from '../../access/domain/index.js';

export const PRESENCE = 'carnot-europe:presence';

/**
 * Beside its rule: what ends somebody's way in asks for a person who is signed in. A key that was lost must
 * not lock them out.
 */
export const InPerson = () => SetMetadata(PRESENCE, 'signed-in' satisfies Presence);
/**
 * Beside its rule: what opens a way in, or leads what is told elsewhere, asks for a person who signed in just
 * now. It outlives a key.
 */
export const JustSignedIn = () => SetMetadata(PRESENCE, 'recent' satisfies Presence);

/** By this a program, and our own page, knows this refusal from others (RFC 9457, 3.1.1). */
export const SIGN_IN_AGAIN = 'urn:carnot-europe:problem:sign-in-again';

/** They may, once they have signed in again. */
export class SignInAgain extends ForbiddenException {
  constructor() {
    super({
      type: SIGN_IN_AGAIN,
      message: `You signed in more than ${RECENT_SIGN_IN_MINUTES} minutes ago. Confirm that it is you at /sign-in/confirm, and try again.`,
    });
  }
}

/**
 * Throws ForbiddenException where no person is signed in, and SignInAgain where they signed in too long ago.
 */
export function mustBePresent(needed: Presence, actor: Actor, now: Date): void {
  const missing = absence(needed, actor, now);
  if (missing === 'person') throw new ForbiddenException('Sign in to do this: a key cannot do it.');
  if (missing === 'sign-in') throw new SignInAgain();
}
