import { CallIndex } from '../../src/matching/domain/index/call-index.js';
import { type RankedCall, MatchScore } from '../../src/matching/domain/scoring/match.js';
import { fieldText, type MatchableCall } from '../../src/matching/domain/index/fields.js';
import { MatchingSettings } from '../../src/matching/domain/scoring/settings.js';
import { toEnd } from '../../src/kernel/time-slices.js';
import { tokenise } from '../../src/matching/domain/analysis/tokenise.js';
import { Profile } from '../../src/profiles/domain/profile.js';
import { wordsRanked } from '../support/matching/words-ranked.js';
import { cpuSeconds } from '../support/cpu-seconds.js';

/** Returns pseudo-random numbers that are the same on every run. */
function lottery(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const vocabulary =
  `hydrogen storage battery recycling water treatment wastewater bio-based polymers carbon capture materials additive
  manufacturing l'énergie vaccine 🚀 sensors quantum CO₂ the of and for, with. soil health fibre modelling research innovation`.split(
    /\s+/,
  );

/** Contains words that also form phrases, so that several terms claim the same span. */
const overlapping = [...vocabulary, 'waste', 'biobased', 'bio', 'storages', 'plastics-water'];

/** A made-up world: calls by id, and a profile whose words occur in some of them. */
function world(
  seed: number,
  calls = 60,
  words = vocabulary,
): { calls: [string, MatchableCall][]; profile: Profile } {
  const pick = lottery(seed);
  const text = (length: number) => Array.from({ length }, () => words[pick(words.length)] ?? '').join(' ');
  const kinds = ['scope', 'expected-outcome', 'conditions', 'other'] as const;
  const made = Array.from({ length: calls }, (_, i): [string, MatchableCall] => [
    `call-${i}`,
    {
      title: text(5),
      callTitle: null,
      language: pick(6) === 0 ? 'fr' : 'en',
      keywords: Array.from({ length: pick(3) }, () => text(2)),
      destination: pick(2) === 0 ? text(4) : null,
      sections: Array.from({ length: pick(4) }, () => ({
        kind: kinds[pick(4)] ?? 'other',
        title: '',
        text: text(10 + pick(60)),
      })),
    },
  ]);
  const competences = Array.from({ length: 4 }, (_, i) => ({
    label: `${i} ${text(3)}`,
    description: text(20),
    weight: 0.5 + pick(3) / 2,
    keywords: Array.from({ length: 6 }, () => text(2)).map((k) => (k.length < 2 ? 'soil' : k)),
    exclusions: i === 3 ? ['quantum sensors'] : [],
  }));
  return { calls: made, profile: Profile.parse({ id: 'x', name: 'An institute', competences }) };
}

const settings = MatchingSettings.parse({});
const fill = (calls: Iterable<[string, MatchableCall]>): CallIndex => {
  const index = new CallIndex();
  for (const [id, c] of calls) index.put(id, c);
  return index;
};
const ids = (ranked: RankedCall[]) => ranked.map((r) => r.id);
const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
const stemsOf = (text: string, of?: MatchableCall) =>
  tokenise(text, of?.language === 'fr' ? 'fr' : 'en').map((t) => t.stem);
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('what always holds', () => {
  it.each(seeds)('the reasons add up to the score, and every span lies in its field (world %i)', (seed) => {
    const { calls, profile: of } = world(seed);
    const byId = new Map(calls);
    const ranked = wordsRanked(fill(calls), of, settings);
    expect(ranked.length).toBeGreaterThan(5);
    for (const { id, match } of ranked) {
      expect(MatchScore.safeParse(match).success).toBe(true);
      expect(match.score).toBeGreaterThan(0);
      expect(Math.abs(sum(match.evidence.map((e) => e.contribution)) - match.score)).toBeLessThan(1e-6);
      expect(Math.abs(sum(match.competences.map((c) => c.score)) - match.score)).toBeLessThan(1e-6);
      for (const c of match.competences) {
        const own = match.evidence.filter((e) => e.competence === c.competence);
        expect(Math.abs(sum(own.map((e) => e.contribution)) - c.score)).toBeLessThan(1e-6);
      }
      // One expect() for each of a hundred thousand spans would take most of the time, so only violations
      // are collected.
      const astray = match.evidence.flatMap((e) => {
        const call = byId.get(id)!;
        const text = fieldText(call, e.field) ?? '';
        const wanted = stemsOf(e.term, call);
        return e.spans
          .filter(({ start, end }) => {
            const found = text.slice(start, end);
            const stems = new Set(stemsOf(found, call));
            return (
              !/^[\p{L}\p{N}](.*[\p{L}\p{N}])?$/su.test(found) ||
              /[\p{L}\p{N}]/u.test(text.slice(end, end + 1)) ||
              !wanted.every((stem) => stems.has(stem))
            );
          })
          .map(({ start, end }) => ({ call: id, term: e.term, found: text.slice(start, end) }));
      });
      expect(astray).toEqual([]);
    }
  });

  it.each(seeds)(
    'putting, replacing and removing leave what a fresh index gives, in whatever order (world %i)',
    (seed) => {
      const { calls, profile: of } = world(seed);
      const { calls: others } = world(seed + 100);
      const used = fill(others);
      wordsRanked(used, of, settings);
      for (const [id] of others.slice(0, 30)) used.remove(id);
      for (const [id, c] of [...calls].reverse()) used.put(id, c);
      wordsRanked(used, of, settings);
      for (const [id, c] of calls.slice(0, 10)) used.put(id, c);
      used.remove('never-there');
      expect(used.size).toBe(calls.length);
      expect(wordsRanked(used, of, settings)).toEqual(wordsRanked(fill(calls), of, settings));
    },
  );

  it('is scored in steps, none of which is long, to what it scores at once', () => {
    const { calls, profile: of } = world(7);
    const index = fill(calls);
    const steps = index.rawScores(of, settings);
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count += 1;
    // Each keyword is analysed and then looked up, in each of two languages.
    expect(count).toBeGreaterThan(2 * 2 * sum(of.competences.map((c) => c.keywords.length)));
    expect(step.value.raw).toEqual(toEnd(fill(calls).rawScores(of, settings)).raw);
  });

  it.each(seeds)(
    'all calls at once have the raw scores of the matches looked at one by one (world %i)',
    (seed) => {
      const { calls, profile: of } = world(seed, 200, overlapping);
      const index = fill(calls);
      const { raw, ids: byNumber, matchFor } = toEnd(index.rawScores(of, settings));
      const points = (r: number) =>
        r === 0 ? 0 : 100 / (1 + (settings.saturation / r) ** settings.steepness);
      expect(byNumber).toHaveLength(calls.length);
      byNumber.forEach((id, number) => {
        expect(index.numberOf(id!)).toBe(number);
        expect(points(raw[number]!)).toBeCloseTo(matchFor(id!)?.score ?? 0, 9);
      });
      const few = new Set(ids(wordsRanked(index, of, settings)).slice(5, 20));
      const some = toEnd(index.rawScores(of, settings, few)).raw;
      expect(
        Array.from(some, (r, n) => (r ? byNumber[n] : null))
          .filter(Boolean)
          .sort(),
      ).toEqual([...few].sort());
    },
  );

  it.each(seeds)(
    'a call that comes when the profile was looked for scores as if it had been there before (world %i)',
    (seed) => {
      const { calls, profile: of } = world(seed);
      const index = new CallIndex();
      wordsRanked(index, of, settings);
      for (const [id, c] of calls) {
        index.put(id, c);
        wordsRanked(index, of, settings, new Set([id]));
      }
      expect(wordsRanked(index, of, settings)).toEqual(wordsRanked(fill(calls), of, settings));
    },
  );

  it.each(seeds)(
    'a part of the calls scores as within the whole; best first; twice alike (world %i)',
    (seed) => {
      const { calls, profile: of } = world(seed);
      const index = fill(calls);
      const all = wordsRanked(index, of, settings);
      const only = new Set(ids(all).filter((_, i) => i % 3 === 0));
      expect(wordsRanked(index, of, settings, only)).toEqual(all.filter((r) => only.has(r.id)));
      expect(all.map((r) => r.match.score)).toEqual(all.map((r) => r.match.score).sort((a, b) => b - a));
      expect(wordsRanked(index, of, settings)).toEqual(all);
    },
  );
});

it('is fast enough for 5,000 calls', async () => {
  const { calls, profile: of } = world(42, 1000);
  expect(
    await cpuSeconds(() => {
      const index = fill(calls);
      for (let i = 0; i < 10; i += 1) wordsRanked(index, of, settings);
    }),
  ).toBeLessThan(40);
});
