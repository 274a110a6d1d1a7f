import { type AskedCall, tellingCalls } from '../../../src/decisions/domain/first-decisions.js';

const call = (callId: string, score: number, competence: string, title = callId): AskedCall => ({
  callId,
  kind: 'grant',
  title,
  score,
  evidence: [
    { competence: 'beside', term: '', contribution: score / 10, field: 'title', spans: [] },
    { competence, term: '', contribution: score / 2, field: 'title', spans: [] },
  ] as unknown as AskedCall['evidence'],
});
/** As likely kept as not at 34 points. */
const likelihood = (score: number): number => score / 68;
const ids = (calls: AskedCall[]): string[] => tellingCalls(calls, likelihood).map(({ callId }) => callId);

describe('the first decisions of an institute', () => {
  it('begin with the call that it surely wants, and go on where keeping is as likely as not', () => {
    expect(
      ids([call('sure', 80, 'a'), call('far', 60, 'a'), call('near', 35, 'a'), call('nearer', 34, 'a')]),
    ).toEqual(['sure', 'nearer', 'near', 'far']);
  });

  it('take turns over its competences', () => {
    const many = Array.from({ length: 20 }, (_, i) => call(`a${i}`, 34 + i / 100, 'a'));
    const chosen = ids([call('sure', 80, 'a'), ...many, call('b', 45, 'b'), call('c', 26, 'c')]);
    expect(chosen).toHaveLength(15);
    expect(chosen.slice(0, 5)).toEqual(['sure', 'a0', 'c', 'b', 'a1']);
  });

  it('ask nothing twice that has two identifiers or two editions, and nothing that hardly fits', () => {
    const twins = [call('x', 50, 'a', 'Wind farms at sea'), call('y', 40, 'a', 'Wind farms at Sea')];
    const editions = [
      call('v', 45, 'b', 'Doctoral networks 2026'),
      call('w', 42, 'b', 'Doctoral networks 2027'),
    ];
    expect(ids([...twins, ...editions, call('z', 24, 'b')])).toEqual(['x', 'v']);
    expect(ids([])).toEqual([]);
  });
});
