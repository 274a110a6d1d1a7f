import { profileDiff } from '../../../src/profiles/domain/profile-diff.js';
import { Preferences } from '../../../src/profiles/domain/preferences.js';
import { aProfile } from '../../support/matching/profiles.js';

const wind = {
  label: 'Wind',
  description: 'Wind turbines at sea',
  keywords: ['wind turbine', 'rotor'],
  exclusions: [],
  weight: 1,
};
const sun = { label: 'Sun', description: '', keywords: ['solar cell'], exclusions: ['sun cream'], weight: 1 };
const before = aProfile('x', { competences: [wind, sun] });

describe('the difference between two profiles', () => {
  it('is nothing between the same', () => expect(profileDiff(before, structuredClone(before))).toEqual([]));

  it('names each field under its competence', () => {
    const after = aProfile('x', {
      name: 'Another name',
      competences: [{ ...wind, keywords: ['wind turbine', 'blade'], weight: 2 }, sun],
      contacts: [{ name: 'A', email: 'a@example.org' }],
    });
    expect(profileDiff(before, after)).toEqual([
      expect.objectContaining({ field: 'name', competence: null }),
      { field: 'contacts', competence: null, pieces: [{ op: 'added', text: 'A <a@example.org>' }] },
      {
        field: 'keywords',
        competence: 'Wind',
        pieces: [
          { op: 'removed', text: 'rotor' },
          { op: 'added', text: 'blade' },
        ],
      },
      {
        field: 'weight',
        competence: 'Wind',
        pieces: [
          { op: 'removed', text: '1' },
          { op: 'added', text: '2' },
        ],
      },
    ]);
  });

  it('knows a competence again under another name, one that is gone and one that is new', () => {
    const after = aProfile('x', {
      competences: [
        { ...wind, label: 'Wind energy' },
        { label: 'Sea', description: '', keywords: ['tidal stream'], exclusions: [], weight: 1 },
      ],
    });
    expect(profileDiff(before, after).map((c) => [c.field, c.competence])).toEqual([
      ['label', 'Wind energy'],
      ['removed', 'Sun'],
      ['added', 'Sea'],
    ]);
  });

  it('tells another order, and preferences', () => {
    const after = aProfile('x', {
      competences: [sun, wind],
      preferences: Preferences.parse({
        typesOfAction: ['RIA'],
        trl: { min: 3, max: 6 },
        countries: ['FR', 'MA'],
        roles: ['partner'],
      }),
    });
    const changes = profileDiff(before, after);
    expect(changes.map((c) => c.field)).toEqual(['preferences', 'order']);
    expect(changes[0]!.pieces.map((p) => p.text)).toEqual(['RIA', 'TRL 3–6', 'FR', 'MA', 'partner']);
  });
});

describe('the difference between two profiles with many long texts', () => {
  const described = (words: (i: number) => string) =>
    aProfile('x', {
      competences: Array.from({ length: 50 }, (_, i) => ({
        ...wind,
        label: `Competence ${i}`,
        description: words(i),
      })),
    });
  const changed = (every: number, mark: string) =>
    described((i) =>
      Array.from({ length: 400 }, (_, word) => (word % every ? `word${word}` : `${mark}${i}-${word}`)).join(
        ' ',
      ),
    );
  const byWord = (every: number) =>
    profileDiff(changed(every, 'old'), changed(every, 'new')).filter(({ pieces }) =>
      pieces.some(({ op }) => op === 'same'),
    ).length;

  it('compares every text word by word if few words of each have changed', () => expect(byWord(20)).toBe(50));

  it('has one bound: behind many changed words the other texts are shown as they were and as they are', () => {
    const compared = byWord(2);
    expect(compared).toBeGreaterThan(0);
    expect(compared).toBeLessThan(10);
  });
});
