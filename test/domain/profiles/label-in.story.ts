import { matchIn } from '../../../src/matching/domain/explanation/passage.js';
import type { MatchScore } from '../../../src/matching/domain/scoring/match.js';
import { labelIn, labelsIn } from '../../../src/profiles/domain/names-in.js';
import { profileDiff } from '../../../src/profiles/domain/profile-diff.js';
import { Profile, revisionWith } from '../../../src/profiles/domain/profile.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';

const wind = { label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 };
const sun = { ...wind, label: 'Sun', keywords: ['solar cell'] };
const before = aProfile('x', { competences: [wind, sun] });
const after = aProfile('x', { competences: [{ ...wind, labels: { fr: 'Éolien' } }, sun] });

describe('what a competence is called', () => {
  it('is said in the reader’s language where the profile says it, and is its own label else', () => {
    const [first, second] = after.competences;
    expect([labelIn(first!, 'fr'), labelIn(first!, 'en'), labelIn(second!, 'fr')]).toEqual([
      'Éolien',
      'Wind',
      'Sun',
    ]);
    const called = labelsIn(after.competences, 'fr');
    expect(['Wind', 'Sun', 'Former'].map(called)).toEqual(['Éolien', 'Sun', 'Former']);
  });

  it('is said of a match, of whose points and places it changes nothing', () => {
    const evidence = {
      competence: 'Wind',
      term: 'wind turbine',
      field: 'title',
      spans: [],
      contribution: 60,
    };
    const match: MatchScore = {
      score: 60,
      competences: [{ competence: 'Wind', score: 60, excludedBy: null }],
      evidence: [evidence, { ...evidence, competence: '', contribution: 0 }],
    };
    expect(matchIn(match, labelsIn(after.competences, 'fr'), aCall('x'))).toEqual({
      score: 60,
      competences: [{ competence: 'Éolien', score: 60, excludedBy: null }],
      evidence: [
        { ...evidence, competence: 'Éolien' },
        { ...evidence, competence: '', contribution: 0 },
      ],
    });
  });

  it('is a change of the profile that is told, and that makes no match anew', () => {
    expect(profileDiff(before, after)).toEqual([
      { field: 'labels', competence: 'Wind', pieces: [{ op: 'added', text: 'fr: Éolien' }] },
    ]);
    expect(revisionWith({ content: before, revision: 3 }, after)).toBe(3);
  });

  it('is taken in French and in English, and in words', () => {
    const read = (labels: unknown) =>
      Profile.safeParse({ ...before, competences: [{ ...wind, labels }] }).error?.issues.map((i) =>
        i.path.join('.'),
      );
    expect(read({ fr: 'Éolien', en: 'Wind power' })).toBeUndefined();
    expect(read({ fr: 'É' })).toEqual(['competences.0.labels.fr']);
    expect(read({ de: 'Wind' })).toEqual(['competences.0.labels']);
  });
});
