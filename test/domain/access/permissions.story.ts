import { homeOf } from '../../../src/access/domain/landing.js';
import { type Actor, type Permission, type PersonRole, permissionsOf } from '../../../src/kernel/actor.js';
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
});
