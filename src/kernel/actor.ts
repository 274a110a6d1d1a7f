import { z } from 'zod';
import type { Language } from './language.js';

/** Coordinators belong to the network, officers and readers to one institute. */
const PERSON_ROLES = ['coordinator', 'officer', 'reader'] as const;
export const PersonRole = z.enum(PERSON_ROLES);
export type PersonRole = z.infer<typeof PersonRole>;

export const KeyScope = z.enum(['read', 'write']);
export type KeyScope = z.infer<typeof KeyScope>;

/**
 * Who asks: the operator with the admin token, a person in a browser or with a key, or a service with a key.
 */
export interface Actor {
  kind: 'operator' | 'person' | 'service';
  role: 'operator' | PersonRole | 'service';
  /** For what they write: the name that stands beside it. */
  name: string;
  email: string | null;
  /** Null where nobody in particular is behind it. */
  personId: string | null;
  /** The institute they belong to; null for the network. */
  profileId: string | null;
  /** That institute's name. */
  profileName: string | null;
  /** Whether they may change anything at all. */
  writes: boolean;
  language: Language | null;
  /** The browser session that they came with; null with a bearer token. */
  sessionId: string | null;
  /** The key that they came with; not there in a browser, nor with the admin token. */
  keyId?: string;
  /** When they signed in there; null with a bearer token. */
  signedInAt: Date | null;
  /** Whether a passkey of theirs can be asked; in a browser alone. */
  passkey?: boolean;
  /**
   * What their session waits for, and is let in nowhere before: an answer of their passkey, or that they make
   * one.
   */
  awaits?: 'passkey' | 'new-passkey';
}

export const ofNetwork = (actor: Pick<Actor, 'profileId'>): boolean => actor.profileId === null;

/** What belongs to an institute and may be seen by the network too: its profile and its matches. */
export const readsOf = (actor: Actor, profileId: string): boolean =>
  ofNetwork(actor) || actor.profileId === profileId;
export const writesOf = (actor: Actor, profileId: string): boolean =>
  actor.writes && readsOf(actor, profileId);

/** What never leaves the institute: its people, notes, verdicts, and whom it asked. */
export const isOf = (actor: Actor, profileId: string): boolean => actor.profileId === profileId;

/**
 * Under what it is counted how much somebody sends: a person with all their keys, the services of an
 * institute as one.
 */
export const senderOf = ({ personId, kind, profileId }: Actor): string =>
  personId ?? `${kind}/${profileId ?? 'network'}`;
