import type { Actor } from '../../kernel/actor.js';
import { RECENT_SIGN_IN_MS } from './lifetimes.js';

/**
 * How much of a person a route asks for: that they are signed in, or that they have signed in only just now.
 */
export type Presence = 'signed-in' | 'recent';

type Came = Pick<Actor, 'kind' | 'sessionId' | 'signedInAt'>;

/** Whether somebody has signed in so lately that it is still them who sits there. */
export const signedInJustNow = ({ signedInAt }: Pick<Actor, 'signedInAt'>, now: Date): boolean =>
  signedInAt !== null && now.getTime() - signedInAt.getTime() <= RECENT_SIGN_IN_MS;

/**
 * What is missing of a person; null where nothing is. The operator with the admin token is who installs, and
 * has no browser.
 */
export function absence(needed: Presence, actor: Came, now: Date): 'person' | 'sign-in' | null {
  if (actor.kind === 'operator') return null;
  if (actor.sessionId === null) return 'person';
  return needed === 'signed-in' || signedInJustNow(actor, now) ? null : 'sign-in';
}
