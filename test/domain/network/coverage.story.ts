import { levelOf, relevanceByEvidence } from '../../../src/network/domain/coverage.js';
import type { Evidence } from '../../../src/matching/domain/scoring/match.js';
import type { Statement } from '../../../src/network/domain/outcomes.js';

const FIRST: Statement = { field: 'sections.0', start: 0, end: 100, text: 'first' };
const SECOND: Statement = { field: 'sections.0', start: 100, end: 200, text: 'second' };
const found = (
  term: string,
  contribution: number,
  at: number | null,
  overrides: Partial<Evidence> = {},
): Evidence => ({
  competence: 'Wind energy',
  term,
  field: 'sections.0',
  spans: at === null ? [] : [{ start: at, end: at + 5 }],
  contribution,
  ...overrides,
});
const relevance = (evidence: Evidence[], statement = FIRST) =>
  relevanceByEvidence(new Map([['a', evidence]]))('a', statement);
const level = (evidence: Evidence[], statement = FIRST) => levelOf(relevance(evidence, statement).value);

describe('how well an institute answers a statement', () => {
  it('is told by the evidence that stands in it', () => {
    const evidence = [found('offshore foundation', 20, 10)];
    expect(level(evidence)).toBe('well');
    expect(relevance(evidence).terms).toEqual(['offshore foundation']);
    expect(level(evidence, SECOND)).toBe('no');
    expect(level(evidence, { ...FIRST, field: 'sections.1' })).toBe('no');
  });

  it('counts all that the call brings a term, however many its places are', () => {
    const spread = [
      found('floating platform', 1, 10),
      found('floating platform', 19, 0, { field: 'sections.3' }),
    ];
    expect(relevance(spread).value).toBeCloseTo(relevance([found('floating platform', 20, 10)]).value);
  });

  it("is never well by what stands elsewhere, nor by single words of a competence's name", () => {
    expect(level([found('offshore foundation', 100, 5, { field: 'title' })])).toBe('partly');
    expect(level([found('offshore foundation', 100, null)])).toBe('partly');
    expect(level([found('Wind', 100, 10), found('energy', 100, 20)])).toBe('partly');
    expect(level([found('wind', 100, 10, { competence: 'Wind' })])).toBe('well');
  });

  it('is not told by a passage that is near as a whole: it says nothing of one statement in it', () => {
    const passage = found('', 100, 0, { signal: 'meaning', spans: [{ start: 0, end: 150 }] });
    expect([level([passage]), relevance([passage]).terms]).toEqual(['partly', []]);
  });

  it('rises with each further piece of evidence, of whatever kind, and stays below 1', () => {
    const words = found('blade recycling', 5, 10);
    const meaning = found('composites', 6, 10, { signal: 'meaning', spans: [{ start: 0, end: 90 }] });
    expect(relevance([words, meaning]).value).toBeGreaterThan(relevance([words]).value);
    expect(relevance([found('blade recycling', 1e9, 10)]).value).toBeLessThan(1.0001);
    expect(relevance([found('past refusal', -5, 10), words]).value).toBe(relevance([words]).value);
  });

  it('names the strongest words, each once, and none that bring next to nothing', () => {
    expect(
      relevance([
        found('Blade', 3, 10),
        found('blade', 2, 30, { competence: 'Materials' }),
        found('tower', 9, 20),
        found('of', 0.1, 40),
      ]).terms,
    ).toEqual(['tower', 'blade']);
  });

  it('is 0 for an institute without a match', () => {
    expect(relevanceByEvidence(new Map())('nobody', FIRST)).toEqual({ value: 0, terms: [] });
  });
});
