import { reasonsOf, standing } from '../../../src/matching/domain/explanation/marked-reasons.js';
import type { Evidence, MatchScore } from '../../../src/matching/domain/scoring/match.js';
import { CallIndex } from '../../../src/matching/domain/index/call-index.js';
import { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';
import { wordsRanked } from '../../support/matching/words-ranked.js';

const found = (
  competence: string,
  term: string,
  field: string,
  contribution: number,
  ...starts: number[]
): Evidence => ({
  competence,
  term,
  field,
  contribution,
  spans: starts.map((start) => ({ start, end: start + 4 })),
});

const MATCH: MatchScore = {
  score: 60,
  competences: [
    { competence: 'Wind', score: 45, excludedBy: null },
    { competence: 'Sea', score: 15, excludedBy: null },
    { competence: 'Nuclear', score: 0, excludedBy: { term: 'offshore', field: 'title', start: 0, end: 8 } },
  ],
  evidence: [
    found('Wind', 'wind', 'title', 25, 0),
    found('Sea', 'tide', 'sections.1', 15, 7, 30),
    found('Wind', 'wind', 'sections.2', 10, 40),
    found('Wind', 'rotor', 'keywords', 6, 3),
    found('Wind', 'wind', 'sections.0', 4, 9, 2),
  ],
};

describe('the reasons of a match', () => {
  const reasons = reasonsOf(MATCH);

  it('mark at most five passages as the strongest, those of sections before those of titles and keywords', () => {
    const many = Array.from({ length: 8 }, (_, i) => found('Wind', `word${i}`, 'sections.0', 8 - i, 10 * i));
    const strong = (match: MatchScore): string[] =>
      [...reasonsOf(match).marks].flatMap(([field, marks]) =>
        marks.filter((m) => m.strong).map((m) => `${field} ${m.start}`),
      );
    expect(strong({ ...MATCH, evidence: [found('Sea', 'tide', 'title', 50, 0), ...many] })).toEqual(
      [0, 10, 20, 30, 40].map((start) => `sections.0 ${start}`),
    );
    expect(strong(MATCH).sort()).toEqual(['keywords 3', 'sections.0 2', 'sections.1 7']);
  });

  it('name a word once that the call writes with a capital in one place', () => {
    const evidence = [
      found('Wind', 'Wind farms', 'title', 30, 0),
      found('Wind', 'wind farms', 'sections.0', 5, 9, 40),
    ];
    const [group] = reasonsOf({ ...MATCH, evidence }).groups;
    expect(group!.reasons.map((r) => [r.term, r.contribution, r.count])).toEqual([['Wind farms', 35, 3]]);
  });

  it('stand by competence, best first, each word once with what it brings in all fields', () => {
    expect(
      reasons.groups.map((g) => [
        g.place,
        g.competence,
        g.score,
        g.reasons.map((r) => [r.number, r.term, r.contribution, r.count]),
      ]),
    ).toEqual([
      [
        0,
        'Wind',
        45,
        [
          [1, 'wind', 39, 4],
          [2, 'rotor', 6, 1],
        ],
      ],
      [1, 'Sea', 15, [[3, 'tide', 15, 2]]],
    ]);
  });

  it('lead to the first passage of the text; to a heading only where the word stands in no section', () => {
    const anchors = [...reasons.marks].flatMap(([field, marks]) =>
      marks.filter((m) => m.anchor).map((m) => [m.reason, field, m.start]),
    );
    expect(anchors.sort()).toEqual([
      [1, 'sections.0', 2],
      [2, 'keywords', 3],
      [3, 'sections.1', 7],
    ]);
  });

  it('say which competence was left out, and for which word', () => {
    expect(reasons.excluded).toEqual([{ competence: 'Nuclear', term: 'offshore' }]);
  });

  it('sum to the score, for a match as the matching makes it', () => {
    const call = aCall('W', {
      title: 'Offshore wind turbines',
      sections: [
        {
          kind: 'scope',
          title: 'Scope',
          text: 'Blades of wind turbines and tidal energy; wind turbine towers.',
        },
      ],
    });
    const others = Array.from({ length: 30 }, (_, i) => aCall(`O${i}`));
    const index = new CallIndex();
    [call, ...others].forEach((c, i) => index.put(String(i), c));
    const profile = aProfile('p', {
      competences: [
        {
          label: 'Wind energy',
          description: '',
          keywords: ['wind turbine', 'blades'],
          exclusions: [],
          weight: 1,
        },
        { label: 'Marine energy', description: '', keywords: ['tidal energy'], exclusions: [], weight: 1 },
      ],
    });
    const { match } = wordsRanked(index, profile, MatchingSettings.parse({})).find((s) => s.id === '0')!;
    const { groups, score } = reasonsOf(match);
    expect(groups.length).toBe(2);
    expect(score).toBeGreaterThan(0);
    expect(groups.reduce((n, g) => n + g.score, 0)).toBeCloseTo(score, 6);
    expect(groups.flatMap((g) => g.reasons).reduce((n, r) => n + r.contribution, 0)).toBeCloseTo(score, 6);
  });
});

describe('evidence in a call that changed since', () => {
  const call = (text: string) =>
    aCall('X', { title: 'Wind', sections: [{ kind: 'scope', title: 'Scope', text }] });
  const evidence = [found('Wind', 'wind', 'sections.0', 10, 0, 9), found('Wind', 'wind', 'title', 5, 0)];

  it('is kept where the same words stand, and not where something else does', () => {
    const shown = standing(evidence, call('wind and wind'), call('wind and more wind'));
    expect(shown.map((e) => e.spans.map((s) => s.start))).toEqual([[0], [0]]);
    expect(shown.map((e) => e.contribution)).toEqual([10, 5]);
  });

  it('is empty where the section is gone', () => {
    expect(
      standing(evidence, call('wind and wind'), aCall('X', { title: 'Wind', sections: [] }))[0]!.spans,
    ).toEqual([]);
  });
});
