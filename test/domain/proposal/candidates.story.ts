import type { MatchScore } from '../../../src/matching/domain/scoring/match.js';
import {
  reasonsOfCompetences,
  candidatesFor,
  goneOf,
  withNobody,
} from '../../../src/proposals/domain/candidates.js';

const found = (competence: string, term: string, contribution: number): MatchScore['evidence'][number] => ({
  competence,
  term,
  field: 'title',
  spans: [{ start: 0, end: 4 }],
  contribution,
});

const MATCH: MatchScore = {
  score: 60,
  competences: [
    { competence: 'Acoustics', score: 0, excludedBy: null },
    { competence: 'Materials', score: 20, excludedBy: null },
    { competence: 'Wind energy', score: 40, excludedBy: null },
  ],
  evidence: [
    found('Wind energy', 'wind', 5),
    found('Wind energy', 'offshore wind', 15),
    found('Wind energy', 'turbine', 20),
    found('Materials', 'composite', 20),
  ],
};
const person = (name: string, ...competences: string[]) => ({ name, competences });

describe('whom a call suits', () => {
  it('those behind the competences that brought points, most points first, with the words that were found', () => {
    const [both, wind, one] = [
      person('Both', 'Materials', 'Wind energy'),
      person('Wind', 'Wind energy'),
      person('One', 'Materials'),
    ];
    const candidates = candidatesFor(MATCH, [one, wind, person('Nobody', 'Acoustics'), both]);
    expect(candidates.map((c) => [c.researcher, c.points])).toEqual([
      [both, 60],
      [wind, 40],
      [one, 20],
    ]);
    // "wind" alone adds nothing to the competence's own name.
    expect(candidates[0]!.why).toEqual([
      { competence: 'Wind energy', points: 40, terms: ['turbine', 'offshore wind'] },
      { competence: 'Materials', points: 20, terms: ['composite'] },
    ]);
  });

  it('by name where it suits them alike', () => {
    const names = candidatesFor(MATCH, [
      person('Éva', 'Materials'),
      person('Zoé', 'Materials'),
      person('Adam', 'Materials'),
    ]).map((c) => c.researcher.name);
    expect(names).toEqual(['Adam', 'Éva', 'Zoé']);
  });

  it('names the competences behind which nobody stands', () => {
    expect(
      withNobody(MATCH, [person('Wind', 'Wind energy'), person('Lost', 'materials')]).map(
        (w) => w.competence,
      ),
    ).toEqual(['Materials']);
    expect(withNobody(MATCH, [])).toEqual(reasonsOfCompetences(MATCH));
    expect(reasonsOfCompetences(MATCH).map((w) => w.competence)).toEqual(['Wind energy', 'Materials']);
  });

  it('knows labels that the profile does not have any more', () => {
    expect(goneOf(person('x', 'Wind energy', 'Tides'), ['Wind energy', 'Materials'])).toEqual(['Tides']);
  });
});
