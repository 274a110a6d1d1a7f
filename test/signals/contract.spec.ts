import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shownScore } from '../../src/kernel/band.js';
import { Language } from '../../src/kernel/language.js';
import { matchReasons } from '../../src/matching/domain/explanation/reasons/match-reasons.js';
import type { MatchableCall } from '../../src/matching/domain/index/fields.js';
import { affinityOf } from '../../src/matching/domain/scoring/affinity.js';
import { isKept } from '../../src/matching/domain/index/candidates.js';
import { type Matched, MatchScore } from '../../src/matching/domain/scoring/match.js';
import { Matcher } from '../../src/matching/domain/scoring/matcher.js';
import { MatchingSettings } from '../../src/matching/domain/scoring/settings.js';
import { toEnd } from '../../src/kernel/time-slices.js';
import { plugIn, rankedAfterwards } from '../../src/matching/domain/signals/signal-set.js';
import type { Signal } from '../../src/matching/domain/signals/signal.js';
import { aProfile } from '../support/matching/profiles.js';
import { shippedModel } from '../support/matching/shipped-model.js';
import { SIGNALS } from '../support/signals.js';

const FOLDER = join(__dirname, '../../src/matching/signals');
const settings = MatchingSettings.parse({});
/** Read while all signals are plugged in: a weight for an unknown signal would throw. */
const MODEL = shippedModel();

/** Loads a signal, or the template, which is named after its folder without the underscore. */
const signalIn = (folder: string): Signal =>
  jest.requireActual<{ signal: Signal }>(join(FOLDER, folder, `${folder.replace(/^_/, '')}.signal`)).signal;

const SUBJECTS = [
  'hydrogen storage in salt caverns',
  'fuel cells for heavy-duty trucks',
  'offshore wind turbine blades',
  'soil carbon in vineyards',
  'quantum sensors for navigation',
  'theatre and dance in small towns',
];
const TYPES = ['HORIZON-RIA', 'HORIZON-IA', 'HORIZON-CSA', 'HORIZON Pre-commercial Procurement'];

/** Sixty calls of several subjects, programmes and types; some combine two subjects. */
const CALLS = Array.from({ length: 60 }, (_, i): [id: string, call: MatchableCall] => {
  const [subject, other] = [SUBJECTS[i % 6]!, SUBJECTS[Math.floor(i / 7) % 6]!];
  const programme = i % 4 === 3 ? 'CEF-T' : 'HORIZON-CL5';
  return [
    `call-${String(i).padStart(2, '0')}`,
    {
      identifier: `${programme}-202${i % 8}-D${i % 5}-0${i % 9}`,
      kind: i % 10 === 9 ? 'cascade' : 'grant',
      typesOfAction: [TYPES[i % 4]!],
      language: 'en',
      title: `Towards ${subject}`,
      callTitle: null,
      keywords: i % 3 ? [] : [other],
      destination: null,
      sections: [{ kind: 'scope', title: 'Scope', text: `Projects work on ${subject}, and on ${other}.` }],
    },
  ];
});
const profile = aProfile('lab', {
  competences: [
    {
      label: 'Hydrogen',
      description: 'Hydrogen storage and fuel cells',
      keywords: ['hydrogen storage', 'fuel cells'],
      exclusions: [],
      weight: 1,
    },
    { label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 },
  ],
});
const projects = ['hydrogen storage for ships', 'blades of wind turbines'].map((title, i) => ({
  id: `p${i}`,
  acronym: `P${i}`,
  title,
  objective: `Work on ${title}`,
  topics: [{ code: `HORIZON-CL5-201${i + 8}-D1-01`, title }],
}));
const counts = (of: Record<string, number>) =>
  Object.entries(of).map(([scheme, n]) => ({ scheme, projects: n }));
const affinity = affinityOf(counts({ 'HORIZON-IA': 30, 'HORIZON-RIA': 5 }), [
  ...counts({ 'HORIZON-IA': 100, 'HORIZON-RIA': 300, 'HORIZON-CSA': 100 }),
]);
const MATCHED: [string, Matched][] = [
  ['a written profile', { profile }],
  ['a profile with projects', { profile, projects, affinity }],
  ['projects alone', { profile: { ...profile, competences: [] }, projects }],
];

function matcherWith(signals: readonly Signal[]): Matcher {
  plugIn(signals);
  const matcher = new Matcher(MODEL);
  for (const [id, call] of CALLS) matcher.put(id, call);
  return matcher;
}

/** The full ranking, with everything else that is known about the calls. */
function rankedBy(matcher: Matcher, matched: Matched): { id: string; match: MatchScore }[] {
  const [read, liked] = ['call-00', 'call-06'];
  const reading = { grade: 'not' as const, model: 'a model', prompt: 1, at: new Date(0), place: null };
  const ranked = matcher.score(matched, settings).map((r) => ({ ...r, ...(r.id === read && { reading }) }));
  return toEnd(
    rankedAfterwards(ranked, {
      inside: true,
      pastVerdicts: [{ callId: liked, title: 'Another call', verdict: 'relevant' }],
      alike: (a, b) => matcher.likeness(a, b),
    }),
  );
}

const folders = readdirSync(FOLDER).filter((name) => name !== '_kit');

describe.each(folders)('signal %s', (folder) => {
  const signal = signalIn(folder);
  const all = [...SIGNALS.filter((s) => s.id !== signal.id), signal];
  afterAll(() => plugIn(SIGNALS));

  it('is called as its folder', () => expect(signal.id).toBe(folder.replace(/^_/, '')));

  describe.each(MATCHED)('for %s', (_, matched) => {
    it('gives and takes what it shows: the reasons of each match sum to its score, in both languages', () => {
      const ranked = rankedBy(matcherWith(all), matched);
      expect(ranked.length).toBeGreaterThan(5);
      for (const { id, match } of ranked) {
        expect(MatchScore.parse(match)).toEqual(match);
        expect(match.evidence.reduce((sum, e) => sum + e.contribution, 0)).toBeCloseTo(match.score, 6);
        const call = CALLS.find(([of]) => of === id)![1];
        for (const language of Language.options) {
          const reasons = matchReasons(match, call, language);
          expect(reasons.reduce((sum, r) => sum + r.points, 0)).toBe(shownScore(match.score));
          for (const { says } of reasons) expect(says).not.toMatch(/undefined|null|\[object/);
        }
      }
    });

    it('is left out of no bound: what is pruned away would not have had the points', () => {
      const matcher = matcherWith(all);
      const points = toEnd(matcher.pointsOfAll(matched, settings));
      const found = toEnd(matcher.best(matched, settings, { floor: 15, limit: 1_000 }));
      expect(found.map((f) => f.id).sort()).toEqual(
        [...points]
          .filter(([id, score]) => score >= 15 && isKept(matcher.explain(id, matched, settings)!))
          .map(([id]) => id)
          .sort(),
      );
    });
  });

  it('is what brings its points: without it none of its reasons are told, and with it some are', () => {
    const names = Object.keys(signal.reasons);
    const told = (signals: readonly Signal[]): boolean => {
      const matcher = matcherWith(signals);
      return MATCHED.some(([, matched]) =>
        rankedBy(matcher, matched).some(({ match }) =>
          match.evidence.some((e) => names.includes(e.signal ?? 'words') && e.contribution !== 0),
        ),
      );
    };
    expect([told(all), told(all.filter((s) => s !== signal))]).toEqual([true, false]);
  });
});
