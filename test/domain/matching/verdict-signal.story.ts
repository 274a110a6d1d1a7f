import fc from 'fast-check';
import { BAND_FROM } from '../../../src/kernel/band.js';
import type { MatchScore } from '../../../src/matching/domain/scoring/match.js';
import { learnedSentence } from '../../../src/matching/domain/explanation/reason-sentence.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import { rankedAfterwards } from '../../../src/matching/domain/signals/signal-set.js';
import {
  MOST_POINTS,
  saysOfSubject,
  VERDICT_REASONS,
  type Alike,
  type PastVerdict,
} from '../../../src/matching/domain/verdict.js';
import { signalOf } from '../../support/signals.js';

const withVerdicts = (of: MatchScore, callId: string, all: PastVerdict[], alike: Alike): MatchScore =>
  signalOf('verdicts').after!(of, { callId, pastVerdicts: all, alike });
const match = (words: number, meaning = 0): MatchScore => ({
  score: words + meaning,
  competences: [],
  evidence: [
    { competence: 'A', term: 'a', field: 'title', spans: [], contribution: words },
    { signal: 'meaning', competence: 'A', term: 'A', field: 'title', spans: [], contribution: meaning },
  ],
});
const pastVerdicts = (
  callId: string,
  verdict: PastVerdict['verdict'],
  title = `Call ${callId}`,
): PastVerdict => ({
  callId,
  title,
  verdict,
});
const sum = (m: MatchScore): number => m.evidence.reduce((n, e) => n + e.contribution, 0);
const verdicts = (m: MatchScore) => m.evidence.filter((e) => e.signal === 'verdicts');

describe('what verdicts add to a score', () => {
  it('is told with the call that it comes from', () => {
    const up = withVerdicts(match(30), 'x', [pastVerdicts('y', 'relevant', 'A good one')], () => 0.75);
    expect(verdicts(up)).toEqual([
      {
        signal: 'verdicts',
        competence: '',
        term: 'A good one',
        field: 'calls.y',
        spans: [],
        contribution: expect.any(Number),
      },
    ]);
    expect(up.score).toBeGreaterThan(30);
    expect(withVerdicts(match(30), 'x', [pastVerdicts('y', 'not')], () => 0.75).score).toBeLessThan(30);
  });

  it('is nothing for a call that is like none of them, and for the call itself', () => {
    expect(withVerdicts(match(30), 'x', [pastVerdicts('y', 'not')], () => 0.1)).toEqual(match(30));
    expect(withVerdicts(match(30), 'x', [pastVerdicts('x', 'not')], () => 1)).toEqual(match(30));
  });

  it('keeps told what words alone bring that far, and the rest not', () => {
    const all = [pastVerdicts('a', 'not'), pastVerdicts('b', 'not'), pastVerdicts('c', 'not')];
    expect(withVerdicts(match(41), 'x', all, () => 1).score).toBeCloseTo(BAND_FROM.uncertain);
    expect(withVerdicts(match(20, 21), 'x', all, () => 1).score).toBeCloseTo(31);
    expect(withVerdicts(match(4), 'x', all, () => 1).score).toBeCloseTo(0);
  });

  it('takes points from a call that is for others, whose words do not bring it so far any more', () => {
    const addressed: MatchScore = {
      ...match(60),
      score: 30,
      evidence: [
        ...match(60).evidence,
        { signal: 'addressees', competence: '', term: 'funders', field: '', spans: [], contribution: -30 },
      ],
    };
    const after = withVerdicts(addressed, 'x', [pastVerdicts('a', 'not')], () => 1);
    expect([after.score, sum(after)]).toEqual([expect.closeTo(20), expect.closeTo(20)]);
    expect(
      withVerdicts(
        {
          ...addressed,
          score: 45,
          evidence: [...match(60).evidence, { ...addressed.evidence.at(-1)!, contribution: -15 }],
        },
        'x',
        [pastVerdicts('a', 'not')],
        () => 1,
      ).score,
    ).toBeCloseTo(BAND_FROM.uncertain);
  });

  it('is at most ten points, sums with the rest to a score from 0 to 100, and never turns the sides around', () => {
    const verdictsOf = fc.array(
      fc.record({
        callId: fc.constantFrom(...'abcdefghx'),
        verdict: fc.constantFrom('relevant' as const, 'not' as const),
        title: fc.string(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 40, noNaN: true }),
        verdictsOf,
        fc.dictionary(fc.constantFrom(...'abcdefghx'), fc.double({ min: 0, max: 1, noNaN: true })),
        (words, meaning, all, alike) => {
          const before = match(words, meaning);
          const after = withVerdicts(before, 'x', all, (_, b) => alike[b] ?? 0);
          expect(after.score).toBeGreaterThanOrEqual(0);
          expect(after.score).toBeLessThanOrEqual(100);
          expect(Math.abs(after.score - before.score)).toBeLessThanOrEqual(MOST_POINTS + 1e-9);
          expect(sum(after)).toBeCloseTo(after.score, 6);
          for (const e of verdicts(after))
            expect(Math.abs(e.contribution)).toBeLessThanOrEqual(MOST_POINTS + 1e-9);
          if (words >= BAND_FROM.uncertain)
            expect(after.score).toBeGreaterThanOrEqual(BAND_FROM.uncertain - 1e-9);
          for (const e of verdicts(after))
            expect(
              all
                .filter((s) => `calls.${s.callId}` === e.field)
                .some((s) => (s.verdict === 'relevant') === e.contribution > 0),
            ).toBe(true);
        },
      ),
    );
  });

  it('changes the order of the calls', () => {
    const ranked = [
      { id: 'a', match: match(30) },
      { id: 'b', match: match(28) },
    ];
    const after = toEnd(
      rankedAfterwards(ranked, {
        inside: true,
        pastVerdicts: [pastVerdicts('z', 'not')],
        alike: (x) => (x === 'a' ? 0.9 : 0),
      }),
    );
    expect(after.map((r) => r.id)).toEqual(['b', 'a']);
  });

  it('is left out of what others see, whose scores and order stay those of the profile', () => {
    const ranked = [
      { id: 'a', match: match(30) },
      { id: 'b', match: match(28) },
    ];
    const decided = { pastVerdicts: [pastVerdicts('z', 'not')], alike: () => 0.9 };
    expect(toEnd(rankedAfterwards(ranked, { inside: false, ...decided }))).toEqual(ranked);
    expect(toEnd(rankedAfterwards(ranked, { inside: true, ...decided }))).not.toEqual(ranked);
  });

  it('counts "not for us" for the topic alone', () => {
    expect(VERDICT_REASONS.filter((reason) => saysOfSubject('not', reason))).toEqual(['topic']);
    expect([saysOfSubject('relevant', null), saysOfSubject('not', null), saysOfSubject(null, null)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('what was learned, in words', () => {
  const NB = '\u00a0';
  it('says of which verdict, how much, and for how many calls, in both languages', () => {
    const not = { title: 'X', verdict: 'not' as const, aside: false, upTo: -6.2, calls: 3 };
    expect(learnedSentence(not, 'en')).toBe(
      'Because you marked “X” “not for us: other subject”, calls like it lose up to 6 points; today that concerns 3 calls.',
    );
    expect(learnedSentence(not, 'fr')).toBe(
      `Parce que vous avez classé «${NB}X${NB}» «${NB}non retenu${NB}: autre sujet${NB}», les appels semblables perdent jusqu’à 6${NB}points${NB}; cela concerne aujourd’hui 3${NB}appels.`,
    );
    expect(learnedSentence({ ...not, verdict: 'relevant', upTo: 1.2, calls: 1 }, 'en')).toMatch(
      /gain up to 1 point; today that concerns 1 call\.$/,
    );
    expect(learnedSentence({ ...not, calls: 0, upTo: 0 }, 'fr')).toMatch(/aujourd’hui, il n’y en a aucun\.$/);
    expect(learnedSentence({ ...not, aside: true }, 'fr')).toMatch(
      /^Bien que vous ayez classé .* ne compte pas/,
    );
  });
});
