import type { Actor } from './actor.js';
import { CLOCK_SKEW_MS, RECENT_SIGN_IN_MS } from './lifetimes.js';

/** What a route requires: that the person is signed in, or signed in very recently. */
export type Presence = 'signed-in' | 'recent';

type Came = Pick<Actor, 'kind' | 'sessionId' | 'signedInAt'>;

/** Whether the sign-in is recent enough to trust that it is still the same person. */
export function signedInJustNow({ signedInAt }: Pick<Actor, 'signedInAt'>, now: Date): boolean {
  if (signedInAt === null) return false;
  const age = now.getTime() - signedInAt.getTime();
  return age >= -CLOCK_SKEW_MS && age <= RECENT_SIGN_IN_MS;
}

/**
 * Returns what is missing; null if nothing is. The operator with the admin token installs the program and has
 * no browser.
 */
export function absence(needed: Presence, actor: Came, now: Date): 'person' | 'sign-in' | null {
  if (actor.kind === 'operator') return null;
  if (actor.sessionId === null) return 'person';
  return needed === 'signed-in' || signedInJustNow(actor, now) ? null : 'sign-in';
}
