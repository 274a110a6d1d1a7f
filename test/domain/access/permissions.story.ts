import { homeOf } from '../../../src/access/domain/landing.js';
import {
  type Actor,
  leads,
  type Permission,
  type PersonRole,
  permissionsOf,
  ROLES,
} from '../../../src/kernel/actor.js';
import { actionsOf, placesOf } from '../../../src/ui/places.js';
import type { Viewer } from '../../../src/ui/viewer.js';

/** Someone of the network who may do some things. */
const ofNetwork = (permissions: Iterable<Permission>): Viewer =>
  ({
    actor: { profileId: null, personId: 'p', permissions: new Set(permissions) } as Partial<Actor>,
  }) as Viewer;
const addresses = (v: Viewer): string[] =>
  [...placesOf(v, undefined), ...actionsOf(v)].map(({ href }) => href);

describe('someone of the network', () => {
  it('finds in the menus what their permissions open', () => {
    const all = addresses(ofNetwork(permissionsOf('coordinator', 'write')));
    expect(all).toEqual(
      expect.arrayContaining(['/network', '/institutes', '/network/joint', '/coordinators']),
    );
    expect(addresses(ofNetwork(['call.read']))).toEqual([
      '/calls',
      '/deadlines',
      '/calls/like',
      '/changes',
      '/bottom-up',
      '/privacy',
    ]);
  });

  it('starts at the institutes if they may see them, otherwise at the calls', () => {
    expect(homeOf({ profileId: null, role: 'coordinator' })).toBe('/institutes');
    expect(homeOf({ profileId: null, role: 'zz-newer' as PersonRole })).toBe('/calls');
    expect(homeOf({ profileId: 'leti', role: 'reader' })).toBe('/institutes/leti/inbox');
  });

  it('leads if they may invite others of the network: who invites officers alone cannot stand in for them', () => {
    const roles = ROLES as Record<string, { at: string; may: readonly Permission[] }>;
    roles['zz-newer'] = { at: 'network', may: ['team.read', 'team.write', 'coordinator.read'] };
    try {
      expect(leads('zz-newer' as PersonRole)).toBe(false);
    } finally {
      delete roles['zz-newer'];
    }
    expect([leads('coordinator'), leads('officer'), leads('reader')]).toEqual([true, true, false]);
  });
});
