import { pointsToConfirm } from '../../../src/matching/domain/drafting/to-confirm.js';
import type { Competence, Profile } from '../../../src/profiles/domain/profile.js';
import { readInstitutes } from '../../../src/app/config/institutes.js';
import { aProfile } from '../../support/matching/profiles.js';

const competence = (label: string, overrides: Partial<Competence> = {}): Competence => ({
  label,
  description: 'About it.',
  keywords: [`${label} turbine`, `éolienne ${label}`, `${label} of the sea`],
  exclusions: [],
  weight: 1,
  ...overrides,
});
const right = aProfile('x', {
  competences: ['one', 'two', 'three'].map((l) => competence(l)),
  contacts: [{ name: 'A', email: 'a@example.org' }],
});
const withFirst = (overrides: Partial<Competence>): Profile => ({
  ...right,
  competences: [competence('one', overrides), ...right.competences.slice(1)],
});

describe('what of a profile is to be confirmed', () => {
  it('is nothing where all is said', () => expect(pointsToConfirm(right, true, true)).toEqual([]));

  it('is that nobody is written to, that nobody stands behind it, that there is little of it', () => {
    const poor = { ...right, contacts: [], competences: right.competences.slice(0, 2) };
    expect(pointsToConfirm(poor, false, false)).toEqual([
      { point: 'few-competences', count: 2 },
      { point: 'no-contact' },
      { point: 'no-people' },
    ]);
    // Users outside the institute are not told about its people.
    expect(pointsToConfirm(poor, null, false).map((p) => p.point)).not.toContain('no-people');
  });

  it.each<[string, Partial<Competence>, object]>([
    ['no keywords', { keywords: [] }, { point: 'no-keywords', competence: 'one' }],
    ['no description', { description: '' }, { point: 'no-description', competence: 'one' }],
    [
      'English alone',
      { keywords: ['wind energy', 'rotor blade testing', 'energy of the sea'] },
      { point: 'one-language', competence: 'one', missing: 'fr' },
    ],
    [
      'French alone',
      { keywords: ['énergie éolienne', 'pale de rotor', 'mécanique des fluides'] },
      { point: 'one-language', competence: 'one', missing: 'en' },
    ],
    [
      'a keyword twice',
      { keywords: ['Wind turbine', 'énergie éolienne', 'wind turbine'] },
      { point: 'repeated-keyword', competence: 'one', keyword: 'wind turbine', also: 'one' },
    ],
    [
      'a word that is everywhere',
      { keywords: ['wind turbine', 'énergie éolienne', 'innovation'] },
      { point: 'common-keyword', competence: 'one', keyword: 'innovation' },
    ],
  ])('is %s', (_, overrides, point) =>
    expect(pointsToConfirm(withFirst(overrides), true, true)).toEqual([point]),
  );

  it('is a keyword that another competence has, too', () => {
    const both = {
      ...right,
      competences: [
        competence('one'),
        competence('two', { keywords: ['one turbine', 'énergie des vagues', 'two'] }),
        competence('three'),
      ],
    };
    expect(pointsToConfirm(both, true, true)).toContainEqual({
      point: 'repeated-keyword',
      competence: 'two',
      keyword: 'one turbine',
      also: 'one',
    });
  });

  it('does not say of the shipped profiles that they lack a language', () => {
    const said = readInstitutes('config').flatMap(({ profile }) =>
      pointsToConfirm(profile, null, true)
        .filter((p) => p.point === 'one-language')
        .map((p) => ({ id: profile.id, ...p })),
    );
    expect(said).toEqual([]);
  });
});
