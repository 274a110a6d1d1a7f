import { z } from 'zod';
import type { Language } from './language.js';
import { CLOCK_SKEW_MS, RECENT_SIGN_IN_MS } from './lifetimes.js';

/**
 * Whose data a permission is about: what all may see; what an institute shares with the network (its profile,
 * its matches); what stays inside an institute; what is the network's own.
 */
type Whose = 'everyone' | 'shared' | 'inside' | 'network';

/**
 * What routes and pages ask for. Whoever holds one has it for their own place alone: an institute's people at
 * their institute, the network where it is not about what stays inside one. A key that only reads keeps those
 * ending in `.read`.
 */
export const PERMISSIONS = {
  'call.read': 'everyone',
  'source.read': 'everyone',
  'group.read': 'everyone',
  'paper.read': 'everyone',
  'audit.review': 'everyone',
  'personal-data.write': 'everyone',
  'profile.read': 'shared',
  'profile.write': 'shared',
  'match.read': 'shared',
  'team.read': 'shared',
  'team.write': 'shared',
  'message.read': 'shared',
  'message.write': 'shared',
  'team.admit': 'inside',
  'contact.admit': 'inside',
  'key.write': 'inside',
  'channel.read': 'inside',
  'channel.write': 'inside',
  'calendar.read': 'inside',
  'calendar.write': 'inside',
  'sheet.read': 'inside',
  'sheet.write': 'inside',
  'decision.read': 'inside',
  'decision.write': 'inside',
  'pipeline.read': 'inside',
  'pipeline.write': 'inside',
  'figures.read': 'inside',
  'proposal.read': 'inside',
  'proposal.write': 'inside',
  'joint.read': 'inside',
  'joint.write': 'inside',
  'network.read': 'network',
  'network.write': 'network',
  'institute.read': 'network',
  'institute.write': 'network',
  'coordinator.read': 'network',
  'coordinator.write': 'network',
  'paper.write': 'network',
  'source.write': 'network',
  'operation.read': 'network',
  'operation.write': 'network',
} as const satisfies Record<string, Whose>;
export type Permission = keyof typeof PERMISSIONS;

const ALL = Object.keys(PERMISSIONS) as Permission[];

const READER: readonly Permission[] = [
  'call.read',
  'source.read',
  'group.read',
  'paper.read',
  'profile.read',
  'match.read',
  'team.read',
  'message.read',
  'channel.read',
  'calendar.read',
  'sheet.read',
  'decision.read',
  'pipeline.read',
  'figures.read',
  'proposal.read',
  'joint.read',
];

interface Role {
  /** Where its people are: at an institute or at the network; a service may be at either. */
  at: 'institute' | 'network' | 'either';
  may: readonly Permission[];
}

/** The roles. The operator, with the admin token, may do at the network what its services may. */
export const ROLES = {
  coordinator: {
    at: 'network',
    may: ALL.filter((permission) => PERMISSIONS[permission] !== 'inside'),
  },
  officer: {
    at: 'institute',
    may: [
      ...READER,
      'audit.review',
      'personal-data.write',
      'profile.write',
      'team.write',
      'message.write',
      'team.admit',
      'contact.admit',
      'key.write',
      'channel.write',
      'calendar.write',
      'sheet.write',
      'decision.write',
      'pipeline.write',
      'proposal.write',
      'joint.write',
    ],
  },
  reader: { at: 'institute', may: READER },
  service: { at: 'either', may: ALL },
} as const satisfies Record<string, Role>;

type RoleName = keyof typeof ROLES;
/** The roles of people: coordinators belong to the network, the others to one institute. */
export type PersonRole = Exclude<RoleName, 'service'>;
type PersonRoleAt<Place> = {
  [R in PersonRole]: (typeof ROLES)[R]['at'] extends Place ? R : never;
}[PersonRole];
export type InstituteRole = PersonRoleAt<'institute'>;
type NetworkRole = PersonRoleAt<'network'>;

const namesAt = (...places: Role['at'][]): RoleName[] =>
  (Object.keys(ROLES) as RoleName[]).filter((name) => places.includes(ROLES[name].at));
export const PersonRole = z.enum(namesAt('network', 'institute') as [PersonRole, ...PersonRole[]]);
export const InstituteRole = z.enum(namesAt('institute') as [InstituteRole, ...InstituteRole[]]);
export const NetworkRole = z.enum(namesAt('network') as [NetworkRole, ...NetworkRole[]]);

export const KeyScope = z.enum(['read', 'write']);
export type KeyScope = z.infer<typeof KeyScope>;

/** The operator may what the network's services may. A role that only a newer version knows may nothing. */
function mayOf(role: RoleName | 'operator'): readonly Permission[] {
  const name = role === 'operator' ? 'service' : role;
  return Object.hasOwn(ROLES, name) ? ROLES[name].may : [];
}

/** What somebody of a role may do with a credential of that scope. */
export const permissionsOf = (role: RoleName, scope: KeyScope): ReadonlySet<Permission> =>
  new Set(mayOf(role).filter((p) => scope === 'write' || p.endsWith('.read')));

export const roleHolds = (role: RoleName | 'operator', permission: Permission): boolean =>
  mayOf(role).includes(permission);

export const isOfNetwork = (role: RoleName): boolean =>
  Object.hasOwn(ROLES, role) && ROLES[role].at === 'network';

/** Whether people of a role lead: they invite the others, so a place keeps at least one of them. */
export const leads = (role: RoleName): boolean =>
  roleHolds(role, isOfNetwork(role) ? 'coordinator.write' : 'team.write');

/** The roles at an institute whose people hold a permission. */
export const rolesWith = (permission: Permission): InstituteRole[] =>
  InstituteRole.options.filter((role) => roleHolds(role, permission));

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
