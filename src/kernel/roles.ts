import { z } from 'zod';

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
export type InstituteRole = {
  [R in PersonRole]: (typeof ROLES)[R]['at'] extends 'institute' ? R : never;
}[PersonRole];

const namesAt = (...places: Role['at'][]): RoleName[] =>
  (Object.keys(ROLES) as RoleName[]).filter((name) => places.includes(ROLES[name].at));
export const PersonRole = z.enum(namesAt('network', 'institute') as [PersonRole, ...PersonRole[]]);
export const InstituteRole = z.enum(namesAt('institute') as [InstituteRole, ...InstituteRole[]]);

export const KeyScope = z.enum(['read', 'write']);
export type KeyScope = z.infer<typeof KeyScope>;

/** A role that only a newer version knows may nothing. */
const mayOf = (role: RoleName): readonly Permission[] => (Object.hasOwn(ROLES, role) ? ROLES[role].may : []);

/** What somebody of a role may do with a credential of that scope. */
export const permissionsOf = (role: RoleName, scope: KeyScope): ReadonlySet<Permission> =>
  new Set(mayOf(role).filter((p) => scope === 'write' || p.endsWith('.read')));

/** Whether people of a role hold a permission. */
export const roleHolds = (role: RoleName, permission: Permission): boolean =>
  mayOf(role).includes(permission);

/** Whether people of a role belong to the network. */
export const isOfNetwork = (role: RoleName): boolean =>
  Object.hasOwn(ROLES, role) && ROLES[role].at === 'network';

/** Whether people of a role lead: they invite the others, so a place keeps at least one of them. */
export const leads = (role: RoleName): boolean => roleHolds(role, 'team.write');

/** The roles at an institute whose people hold a permission. */
export const rolesWith = (permission: Permission): InstituteRole[] =>
  InstituteRole.options.filter((role) => roleHolds(role, permission));
