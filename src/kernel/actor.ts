import type { Language } from './language.js';
import { type Permission, PERMISSIONS, type PersonRole } from './roles.js';
import { CLOCK_SKEW_MS, RECENT_SIGN_IN_MS } from './lifetimes.js';

/** Who makes a request: the operator with the admin token, a person (browser or key), or a service (key). */
export interface Actor {
  kind: 'operator' | 'person' | 'service';
  role: 'operator' | PersonRole | 'service';
  /** The name shown next to what they write. */
  name: string;
  email: string | null;
  /** Null if no particular person is behind the request. */
  personId: string | null;
  /** Their institute; null for the network. */
  profileId: string | null;
  /** The institute's name; null for the network. */
  profileName: string | null;
  /**
   * They see what lies inside their institute from then on, because the network let them in after others;
   * null or absent if they see all of it.
   */
  insideFrom?: Date | null;
  /** What they may do with this credential, at their own place. */
  permissions: ReadonlySet<Permission>;
  language: Language | null;
  /** The browser session of the request; null with a bearer token. */
  sessionId: string | null;
  /** The key of the request; absent in a browser or with the admin token. */
  keyId?: string;
  /** When they signed in to that session; null with a bearer token. */
  signedInAt: Date | null;
  /** Whether they have a passkey that can be asked for; only in a browser. */
  passkey?: boolean;
  /** What the session needs before it grants any access: an answer from their passkey, or a new passkey. */
  awaits?: 'passkey' | 'new-passkey';
}

/** Who did something, as it is recorded with it: the name that is shown, and whose it is if a person's. */
export type Author = Pick<Actor, 'name' | 'personId'>;

export const ofNetwork = (actor: Pick<Actor, 'profileId'>): boolean => actor.profileId === null;

/** Whether the actor may see what an institute shares with the network: its profile and its matches. */
export const readsOf = (actor: Actor, profileId: string): boolean =>
  ofNetwork(actor) || actor.profileId === profileId;

/** Whether the actor may see what stays in the institute: its people, notes, verdicts, and whom it asked. */
export const isOf = (actor: Actor, profileId: string): boolean => actor.profileId === profileId;

/** Whether the actor sees all that stays in the institute, not only what is new since they came. */
export const seesAllInside = (actor: Actor, profileId: string): boolean =>
  isOf(actor, profileId) && !actor.insideFrom;

/**
 * Whether the actor may do something: at this institute; without one, at their own place, or for rows that
 * are filtered later.
 */
export function may(actor: Actor | null, permission: Permission, profileId?: string): boolean {
  if (!actor?.permissions.has(permission)) return false;
  const whose = PERMISSIONS[permission];
  if (whose === 'network' || whose === 'inside')
    return ofNetwork(actor) === (whose === 'network') && (profileId === undefined || isOf(actor, profileId));
  return profileId === undefined || readsOf(actor, profileId);
}

/** Whether the actor may change anything at all: a reader and a reading key may not. */
export const changesAnything = ({ permissions }: Pick<Actor, 'permissions'>): boolean =>
  [...permissions].some((permission) => !permission.endsWith('.read'));

/** Returns the key under which a caller is counted: one per person, one for all services of an institute. */
export const senderOf = ({ personId, kind, profileId }: Actor): string =>
  personId ?? `${kind}/${profileId ?? 'network'}`;

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
