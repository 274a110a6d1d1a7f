import { CallIndex } from '../../../src/matching/domain/index/call-index.js';
import { compareMatches } from '../../../src/matching/domain/scoring/compare.js';
import { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';
import { wordsRanked } from '../../support/matching/words-ranked.js';

const settings = MatchingSettings.parse({});
const profile = (...keywords: string[]) =>
  aProfile('x', { competences: [{ label: 'Ours', description: '', keywords, exclusions: [], weight: 1 }] });

describe('two profiles held against each other', () => {
  const index = new CallIndex();
  ['Wind turbine blades', 'Solar cells made of perovskite', 'Wind turbine and solar cells', 'Music'].forEach(
    (title, i) => index.put(`c${i}`, aCall(`c${i}`, { title, sections: [] })),
  );
  const score = (...keywords: string[]) => wordsRanked(index, profile(...keywords), settings);

  it('tell what is gained and lost, by which word, and what only moves', () => {
    const { before, after, gained, lost, changed } = compareMatches(
      score('wind turbine'),
      score('solar cells', 'wind turbine blades'),
      20,
    );
    expect({ before, after }).toEqual({ before: 2, after: 3 });
    expect(gained).toEqual([
      {
        id: 'c1',
        before: 0,
        after: expect.any(Number),
        terms: [{ signal: 'words', competence: 'Ours', term: 'solar cells', points: expect.any(Number) }],
      },
    ]);
    expect(lost).toEqual([]);
    expect(changed.map((c) => c.id)).toEqual(expect.arrayContaining(['c0']));
    expect(gained[0]!.terms[0]!.points).toBeCloseTo(gained[0]!.after);
  });

  it('are the other way round what they are this way round', () => {
    const [there, back] = [
      compareMatches(score('wind turbine'), score('solar cells'), 20),
      compareMatches(score('solar cells'), score('wind turbine'), 20),
    ];
    expect(there.gained.map((c) => c.id)).toEqual(back.lost.map((c) => c.id));
    expect(there.lost.map((c) => c.id)).toEqual(back.gained.map((c) => c.id));
    expect(there.lost[0]!.terms[0]!.points).toBeLessThan(0);
  });

  it('show nothing where nothing changes', () => {
    expect(compareMatches(score('wind turbine'), score('wind turbine'), 20)).toMatchObject({
      before: 2,
      after: 2,
      gained: [],
      lost: [],
      changed: [],
    });
  });
});
