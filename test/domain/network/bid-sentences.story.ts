import {
  fitSentence,
  type Fitting,
  jointBid,
  type JointBid,
  leftOutSentence,
  partnerSentence,
  teamSentence,
} from '../../../src/network/domain/joint-bid.js';
import type { Statement } from '../../../src/network/domain/outcomes.js';

const WIDTH = 50;
const statements = (n: number): Statement[] =>
  Array.from({ length: n }, (_, i) => ({
    field: 'sections.0',
    start: i * WIDTH,
    end: (i + 1) * WIDTH,
    text: `What number ${i + 1} wants.`,
  }));
/** An institute with the given points in each named statement, and the rest of its score elsewhere. */
const fitting = (profileId: string, score: number, here: Record<number, number>): Fitting => {
  const evidence = Object.entries(here).map(([n, contribution]) => ({
    competence: 'Seas',
    term: `word ${n}`,
    field: 'sections.0',
    spans: [{ start: Number(n) * WIDTH, end: Number(n) * WIDTH + 4 }],
    contribution,
  }));
  const rest = {
    competence: 'Seas',
    term: 'elsewhere',
    field: 'sections.1',
    spans: [{ start: 0, end: 4 }],
    contribution: score - evidence.reduce((n, e) => n + e.contribution, 0),
  };
  const match = {
    score,
    competences: [{ competence: 'Seas', score, excludedBy: null }],
    evidence: [...evidence, rest],
  };
  return { profileId, name: `Carnot ${profileId.toUpperCase()}`, match, shown: match };
};
const team = (bid: JointBid) => [teamSentence(bid, true, 'en'), teamSentence(bid, true, 'fr')];

describe('what is said of a joint bid', () => {
  it('names the team and its part of the outcomes', () => {
    expect(
      team(jointBid(statements(3), [fitting('a', 50, { 0: 20 }), fitting('b', 50, { 1: 20 })], 4)),
    ).toEqual([
      'Carnot A and Carnot B together answer 2 of the 3 expected outcomes well.',
      'Ensemble, le Carnot A et le Carnot B répondent bien à 2 des 3 résultats attendus.',
    ]);
    expect(team(jointBid(statements(2), [fitting('a', 50, { 0: 20, 1: 20 })], 4))).toEqual([
      'Carnot A alone answers both expected outcomes well.',
      'À lui seul, le Carnot A répond bien aux deux résultats attendus.',
    ]);
    expect(team(jointBid(statements(3), [fitting('a', 70, { 0: 20, 1: 20, 2: 20 })], 4))).toEqual([
      'Carnot A alone answers all 3 expected outcomes well.',
      'À lui seul, le Carnot A répond bien aux 3 résultats attendus.',
    ]);
  });

  it('says where answers are only partial, there are none, or nothing is asked', () => {
    expect(team(jointBid(statements(1), [fitting('a', 30, { 0: 4 })], 4))).toEqual([
      'Carnot A alone answers the only expected outcome in part.',
      'À lui seul, le Carnot A répond en partie au seul résultat attendu.',
    ]);
    const none = jointBid(statements(2), [fitting('a', 90, {})], 4);
    expect(team(none)).toEqual([
      'By the words of the profiles, no institute answers any of the 2 expected outcomes.',
      'D’après les mots des profils, aucun institut ne répond à l’un des 2 résultats attendus.',
    ]);
    expect(teamSentence(none, false, 'fr')).toBe(
      'D’après les mots des profils, aucun institut ne répond à l’un des 2 points demandés.',
    );
    expect(team(jointBid([], [fitting('a', 90, {})], 4))[0]).toBe(
      'The text of the call does not say point by point what it expects.',
    );
    expect(team(jointBid(statements(2), [], 4))[0]).toBe(
      'By the words of the profiles, no institute answers any of the 2 expected outcomes.',
    );
  });

  it('asks nobody into a team whom the call hardly fits, and says who comes nearest all the same', () => {
    const bid = jointBid(statements(1), [fitting('a', 15, { 0: 14 })], 4);
    expect(bid.team.members).toEqual([]);
    expect(bid.partners.map((p) => partnerSentence(bid, p, 'en'))).toEqual([
      'Partner to find for “What number 1 wants”. Nearest: Carnot A (word 0).',
    ]);
    expect(bid.partners.map((p) => partnerSentence(bid, p, 'fr'))).toEqual([
      'Partenaire à trouver pour «\u00a0What number 1 wants\u00a0». Le plus proche\u00a0: le Carnot A (word 0).',
    ]);
  });

  it('says why who ranks first is not in the team, and nothing where it is', () => {
    const bid = jointBid(
      statements(3),
      [fitting('first', 51, { 0: 20 }), fitting('a', 50, { 0: 20, 1: 20 }), fitting('b', 45, { 2: 20 })],
      4,
    );
    expect(bid.team.members).toEqual(['a', 'b']);
    expect(leftOutSentence(bid, 'en')).toBe(
      'Carnot FIRST ranks first for the call as a whole; by the words of its profile it answers no point well that the team does not.',
    );
    expect(leftOutSentence(bid, 'fr')).toMatch(/^Le Carnot FIRST est premier pour l’appel dans son ensemble/);
    expect(leftOutSentence(jointBid(statements(1), [fitting('a', 50, { 0: 20 })], 4), 'en')).toBeNull();
  });

  it('begins with who ranks first by more than a hair, if that costs no answer and it is a match', () => {
    const among = (score: number, size: number): string[] =>
      jointBid(statements(2), [fitting('first', score, {}), fitting('a', 30, { 0: 20, 1: 20 })], size).team
        .members;
    expect([among(80, 4), among(80, 1)]).toEqual([['first', 'a'], ['a']]);
    const beside = (score: number): string[] =>
      jointBid(
        statements(2),
        [fitting('first', score, {}), fitting('a', 30, { 0: 20 }), fitting('b', 30, { 1: 20 })],
        4,
      ).team.members;
    expect([beside(80), beside(35), beside(32)]).toEqual([
      ['first', 'a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(
      leftOutSentence(
        jointBid(statements(2), [fitting('first', 80, {}), fitting('a', 30, { 0: 20, 1: 20 })], 4),
        'en',
      ),
    ).toBeNull();
  });

  it('names nobody alone where another ranks first, by however little', () => {
    const members = (first: number): string[] =>
      jointBid(statements(2), [fitting('first', first, {}), fitting('a', 30, { 0: 20, 1: 20 })], 4).team
        .members;
    expect([members(35), members(32), members(30.5)]).toEqual([
      ['first', 'a'],
      ['first', 'a'],
      ['first', 'a'],
    ]);
    expect(members(25)).toEqual(['a']);
  });

  it('tells of an institute its best competence with the words that were found', () => {
    expect(fitSentence(fitting('a', 50, { 0: 20 }), 'en')).toBe(
      'Through its competence “Seas”: elsewhere and word 0.',
    );
    expect(fitSentence(fitting('a', 50, { 0: 20 }), 'fr')).toBe(
      'Par sa compétence «\u00a0Seas\u00a0»\u00a0: elsewhere et word 0.',
    );
  });
});
