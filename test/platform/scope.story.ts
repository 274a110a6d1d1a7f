import { NotFound } from '../../src/kernel/errors.js';
import { type Actor, permissionsOf } from '../../src/kernel/actor.js';
import { profileScope, rowFor } from '../../src/platform/access/scope.js';

/** What the application itself shows to whom, independently of the database's policies. */
describe('whose rows somebody is shown', () => {
  const officer: Actor = {
    kind: 'person',
    role: 'officer',
    name: 'Olga',
    email: 'olga@leti.example',
    personId: 'olga',
    profileId: 'leti',
    profileName: 'Leti',
    permissions: permissionsOf('officer', 'write'),
    language: 'en',
    sessionId: 'session',
    signedInAt: null,
  };
  const coordinator: Actor = { ...officer, role: 'coordinator', profileId: null, profileName: null };
  const [theirs, others, ofAll] = ['leti', 'inria', null].map((profileId) => ({ profileId }));

  it("is one's own institute where none is named, and none but that", () => {
    expect(profileScope(officer, undefined)).toBe('leti');
    expect(profileScope(officer, 'leti')).toBe('leti');
    expect(() => profileScope(officer, 'inria')).toThrow('of-another-institute');
  });

  it('is all of the network to those who keep it together', () => {
    expect([profileScope(coordinator, undefined), profileScope(coordinator, 'inria')]).toEqual([
      undefined,
      'inria',
    ]);
  });

  it('is no row of another institute, and none of the network: they are as if they were not there', () => {
    const none = new NotFound('no-notification', { id: '1' });
    expect(rowFor(officer, theirs!, none)).toBe(theirs);
    for (const row of [others!, ofAll!, null]) expect(() => rowFor(officer, row, none)).toThrow(none);
    expect(rowFor(coordinator, ofAll!, none)).toBe(ofAll);
  });
});
