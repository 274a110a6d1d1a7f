import fc from 'fast-check';
import { affinityOf, type Affinity } from '../../../src/matching/domain/scoring/affinity.js';
import type { SchemeCount } from '../../../src/funded-projects/domain/history-project.js';
import { SignalSet } from '../../../src/matching/domain/signals/signal-set.js';
import { fitOf, lostToOthers } from '../../../src/matching/domain/scoring/addressed.js';
import { BAND_FROM } from '../../../src/kernel/band.js';
import { MatchScore } from '../../../src/matching/domain/scoring/match.js';
import { matchReasons } from '../../../src/matching/domain/explanation/reasons/match-reasons.js';
import { isKept } from '../../../src/matching/domain/index/candidates.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { ACTION_SHORTS, type ActionShort } from '../../../src/calls/domain/action-code.js';
import { translateTo } from '../../../src/i18n/translate.js';
import type { MatchableCall } from '../../../src/matching/domain/index/fields.js';
import type { Alike, PastVerdict } from '../../../src/matching/domain/verdict.js';
import { signalOf } from '../../support/signals.js';

const NB = '\u00a0';
const counts = (of: Record<string, number>): SchemeCount[] =>
  Object.entries(of).map(([scheme, projects]) => ({ scheme, projects }));
/** Spelled as in CORDIS, from both programmes: 500 RIA, 220 IA, 110 CSA, 170 MSCA. */
const ALL = [
  ...counts({
    RIA: 300,
    'HORIZON-RIA': 150,
    'IMI2-RIA': 50,
    IA: 120,
    'HORIZON-IA': 80,
    'HORIZON-JU-IA': 20,
    CSA: 60,
    'CSA-LS': 10,
    'HORIZON-CSA': 40,
    'MSCA-IF': 170,
    'HORIZON-PCP': 9,
    'SME-1': 400,
  }),
  { scheme: null, projects: 300 },
];
const OWN = counts({ RIA: 12, 'HORIZON-RIA': 9, 'HORIZON-IA': 18, 'HORIZON-CSA': 1, 'SME-1': 30 });
const affinity = affinityOf(OWN, ALL);
const NOTHING: Affinity = new Map();

const profile = Profile.parse({
  id: 'lab',
  name: 'Lab',
  language: 'en',
  competences: [{ label: 'Hulls', description: '', keywords: ['hull'] }],
});
const match = (score: number): MatchScore => ({
  score,
  competences: [],
  evidence: score ? [{ competence: 'X', term: 'x', field: 'title', spans: [], contribution: score }] : [],
});
const sum = (m: Pick<MatchScore, 'evidence'>) => m.evidence.reduce((n, e) => n + e.contribution, 0);
const call: MatchableCall = {
  title: 'T',
  callTitle: null,
  language: 'en',
  keywords: [],
  destination: null,
  sections: [],
};
const adjusted = (score: number, of: Partial<MatchableCall>, by: Affinity | undefined = affinity) => {
  const signals = new SignalSet();
  signals.put(7, { ...call, ...of });
  const who = { profile, affinity: by };
  return {
    match: signals.match(match(score), 7, who),
    points: signals.kept(signals.fit(score, 7, who), 7, who),
  };
};
/** The adjusted match of a call with these types of action. */
const withTypes = (score: number, typesOfAction: string[], by?: Affinity): MatchScore =>
  adjusted(score, { typesOfAction }, by).match;
/** The type that decides for a call with these types; null if none is known. */
const typed = (types: string[]): ActionShort | null =>
  (withTypes(60, types).evidence.find((e) => e.signal === 'types-of-action')?.term as ActionShort) ?? null;
const withVerdicts = (of: MatchScore, callId: string, all: PastVerdict[], alike: Alike): MatchScore =>
  signalOf('verdicts').after!(of, { callId, pastVerdicts: all, alike });

describe('what the types of its projects say of an institute', () => {
  it('is how often it takes part in each, beside all imported projects of a known type', () => {
    const usual = 220 / 1009;
    expect(affinity.get('IA')).toEqual({
      own: 18,
      of: 40,
      usual,
      lift: expect.closeTo(Math.log2((18 + 3) / (40 * usual + 3))),
    });
    expect(affinity.get('IA')!.lift).toBeGreaterThan(0.8);
    expect(Math.abs(affinity.get('RIA')!.lift)).toBeLessThan(0.1);
    expect(affinity.get('MSCA')).toMatchObject({ own: 0, lift: -1 });
    expect(affinityOf(counts({ 'MSCA-IF': 50 }), ALL).get('MSCA')!.lift).toBe(1);
  });

  it('is nothing where ten projects of a known type are lacking, its own or all there are', () => {
    expect(affinityOf(counts({ RIA: 9, 'SME-1': 50 }), ALL).size).toBe(0);
    expect(affinityOf(counts({ RIA: 10 }), ALL).size).toBeGreaterThan(0);
    expect([affinity.has('PCP-PPI'), affinity.has('ERC')]).toEqual([false, false]);
    expect(affinityOf(OWN, []).size).toBe(0);
    expect(affinityOf([], ALL).size).toBe(0);
  });

  it('is nothing where it takes part as others do, and ever less the fewer projects it has', () => {
    expect(affinityOf(ALL, ALL).get('IA')!.lift).toBeCloseTo(0);
    const lift = (times: number) =>
      affinityOf(counts({ RIA: 7 * times, IA: 5 * times }), ALL).get('IA')!.lift;
    expect([lift(1), lift(2), lift(4)]).toEqual([lift(1), lift(2), lift(4)].sort((a, b) => a - b));
    expect(lift(1)).toBeGreaterThan(0);
  });

  it('is little where a type is rare anyhow: one project more or less does not turn the scale', () => {
    const rare = (own: number) =>
      affinityOf(counts({ RIA: 40 - own, 'ERC-STG': own }), [...ALL, ...counts({ 'ERC-STG': 10 })]).get(
        'ERC',
      )!.lift;
    expect(rare(0)).toBeGreaterThan(-0.25);
    expect(rare(0)).toBeLessThan(0);
    expect(rare(1)).toBeGreaterThan(0);
    expect(rare(1)).toBeLessThan(0.3);
    expect(rare(20)).toBe(1);
  });

  it('holds for a call by the best of its types, however they are written', () => {
    expect(typed(['HORIZON Innovation Actions'])).toBe('IA');
    expect(typed(['HORIZON-CSA', 'HORIZON-RIA HORIZON Research and Innovation Actions', 'IA'])).toBe('IA');
    expect(typed(['HORIZON-CSA', 'HORIZON-PCP'])).toBe('CSA');
    for (const types of [[], ['LIFE Project Grants'], ['HORIZON-PCP']]) expect(typed(types)).toBeNull();
    expect(adjusted(60, { typesOfAction: ['IA'] }, NOTHING).match).toEqual(match(60));
    const signals = new SignalSet();
    const who = { profile, affinity };
    signals.put(7, { ...call, typesOfAction: ['IA'] });
    expect([signals.fit(60, 7, who) > 60, signals.fit(60, 8, who)]).toEqual([true, 60]);
    expect(signals.fit(60, 7, { profile })).toBe(60);
    signals.put(7, call);
    expect(signals.fit(60, 7, who)).toBe(60);
  });
});

describe('the points of a type of action', () => {
  it('are a share of the others, as a signal of its own', () => {
    const [more, less] = [withTypes(60, ['IA']), withTypes(60, ['MSCA'])];
    expect(more.score).toBeCloseTo(60 * (1 + 0.05 * affinity.get('IA')!.lift));
    expect(more.evidence.at(-1)).toEqual({
      signal: 'types-of-action',
      competence: '',
      term: 'IA',
      field: '',
      spans: [],
      contribution: more.score - 60,
      habit: { own: 18, of: 40, usual: 220 / 1009 },
    });
    expect(less.score).toBeCloseTo(57);
    expect(less.evidence.at(-1)!.contribution).toBeCloseTo(-3);
    for (const m of [more, less])
      expect([MatchScore.parse(m), sum(m)]).toEqual([m, expect.closeTo(m.score, 9)]);
  });

  it('are none where nothing is known of the call or the institute, and where the call has none', () => {
    for (const [score, types] of [
      [60, []],
      [0, ['IA']],
      [0, ['MSCA']],
    ] as [number, string[]][])
      expect(withTypes(score, types)).toEqual(match(score));
    expect(adjusted(60, { typesOfAction: ['IA'] }, NOTHING).match).toEqual(match(60));
  });

  it('never go over a hundred, nor over five in a hundred, and sum to the score with what a call loses that is for others and with verdicts', () => {
    const said = [
      { callId: 'a', title: 'A', verdict: 'relevant' as const },
      { callId: 'b', title: 'B', verdict: 'not' as const },
    ];
    const anyCounts = fc
      .dictionary(fc.constantFrom('RIA', 'HORIZON-IA', 'CSA', 'MSCA-IF', 'SME-1'), fc.nat(300))
      .map(counts);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        anyCounts,
        anyCounts,
        fc.subarray(['RIA', 'IA', 'CSA', 'HORIZON MSCA', 'HORIZON Pre-commercial Procurement']),
        fc.dictionary(fc.constantFrom('a', 'b'), fc.double({ min: 0, max: 1, noNaN: true })),
        (score, own, others, typesOfAction, alike) => {
          const { match: after, points } = adjusted(
            score,
            { typesOfAction },
            affinityOf(own, [...own, ...others]),
          );
          const fit = fitOf(after);
          expect(points).toBe(after.score);
          expect(sum(after)).toBeCloseTo(after.score, 9);
          expect(fit).toBeLessThanOrEqual(100 + 1e-9);
          expect(Math.abs(fit - score)).toBeLessThanOrEqual(0.05 * score + 1e-9);
          expect(lostToOthers(after)?.points ?? 0).toBeCloseTo(
            typesOfAction.length && typesOfAction.at(-1)!.includes('Pre') ? 0.4 * fit : 0,
            9,
          );
          expect(isKept(after)).toBe(isKept(match(score)) || fit >= 15);
          const overrides = withVerdicts(after, 'x', said, (_, b) => alike[b] ?? 0);
          expect(sum(overrides)).toBeCloseTo(overrides.score, 6);
          expect(overrides.score).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  it('leave a verdict what words alone bring so far that it is told', () => {
    const after = withVerdicts(
      adjusted(45, { typesOfAction: ['MSCA'] }).match,
      'x',
      [{ callId: 'a', title: 'A', verdict: 'not' }],
      () => 1,
    );
    expect(after.score).toBeCloseTo(BAND_FROM.uncertain);
  });

  const says = (type: string, language: 'en' | 'fr') =>
    matchReasons(withTypes(60, [type]), call, language).find((r) => r.signal === 'types-of-action')!.says;

  it('are told with their figures, in both languages', () => {
    expect(says('IA', 'en')).toBe(
      'Your institute takes part in innovation actions (IA) more often than average (18 of its 40 projects of a known type, 45%, against 22% on average): 3 points.',
    );
    expect(says('CSA', 'en')).toBe(
      'Your institute takes part in coordination and support actions (CSA) less often than average (1 of its 40 projects of a known type, 2.5%, against 11% on average): \u22123 points.',
    );
    expect(says('IA', 'fr')).toBe(
      `Votre institut participe plus souvent que la moyenne à des actions d’innovation (IA) (18 de ses 40${NB}projets de type connu, 45${NB}%, contre 22${NB}% en moyenne)${NB}: 3${NB}points.`,
    );
    expect(says('MSCA', 'fr')).toBe(
      `Votre institut participe moins souvent que la moyenne à des actions Marie Skłodowska-Curie (MSCA) (0 de ses 40${NB}projets de type connu, 0${NB}%, contre 17${NB}% en moyenne)${NB}: \u22123${NB}points.`,
    );
    for (const short of ACTION_SHORTS)
      for (const language of ['en', 'fr'] as const)
        expect(translateTo(language)(`action.${short}`)).toMatch(/\(.+\)$/);
  });
});
