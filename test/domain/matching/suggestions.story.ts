import fc from 'fast-check';
import { CallIndex } from '../../../src/matching/domain/index/call-index.js';
import { toEnd } from '../../../src/kernel/time-slices.js';
import type { MatchableCall } from '../../../src/matching/domain/index/fields.js';
import {
  competenceFinder,
  keywordsFor,
  Suggestion,
  suggestionSentence,
  withSuggestion,
  keywordSuggestion,
} from '../../../src/explain/domain/suggestions/suggestions.js';
import { type FirstSeen, pastDigests } from '../../../src/notifications/domain/preferences/preferences.js';
import { Profile } from '../../../src/profiles/domain/profile.js';

const NB = '\u00a0';
const profile = Profile.parse({
  id: 'x',
  name: 'An institute',
  competences: [
    { label: 'Hydrogen', keywords: ['fuel cell'], exclusions: ['bomb', 'balloon'] },
    { label: 'Libraries', keywords: ['palimpsest'] },
  ],
});
const call = (title: string, text: string): MatchableCall => ({
  title,
  callTitle: null,
  language: 'en',
  keywords: [],
  destination: null,
  sections: [{ kind: 'expected-outcome', title: '', text }],
});

describe('changes of one line', () => {
  const suggestions: Suggestion[] = [
    { kind: 'add-keyword', competence: 'Hydrogen', keywords: ['solid oxide electrolysis'] },
    { kind: 'remove-exclusion', competence: 'Hydrogen', exclusions: ['bomb'] },
    { kind: 'raise-weight', competence: 'Hydrogen', weight: 1.5 },
  ];
  it('change that line and no other', () => {
    expect(suggestions.map((m) => withSuggestion(profile, m)!.competences[0])).toMatchObject([
      { keywords: ['fuel cell', 'solid oxide electrolysis'], exclusions: ['bomb', 'balloon'], weight: 1 },
      { keywords: ['fuel cell'], exclusions: ['balloon'] },
      { weight: 1.5 },
    ]);
    for (const m of suggestions)
      expect(withSuggestion(profile, m)).toMatchObject({
        ...profile,
        competences: [expect.anything(), profile.competences[1]],
      });
    expect(
      withSuggestion(profile, { kind: 'add-keyword', competence: 'Hydrogen', keywords: ['x'.repeat(101)] }),
    ).toBeNull();
  });
  it('say in the preferences as what else an institute answers calls', () => {
    const suggestion: Suggestion = { kind: 'answer-as', addressee: 'public-buyers' };
    const once = withSuggestion(
      { ...profile, preferences: { typesOfAction: ['RIA'], programmes: [] } },
      suggestion,
    )!;
    expect(once).toEqual({
      ...profile,
      preferences: { typesOfAction: ['RIA'], programmes: [], answersAs: ['public-buyers'] },
    });
    expect(withSuggestion(once, suggestion)).toEqual(once);
    expect(withSuggestion(profile, suggestion)).toMatchObject({
      preferences: { answersAs: ['public-buyers'] },
    });
    expect([suggestionSentence(suggestion, 0, 'en'), suggestionSentence(suggestion, 1, 'fr')]).toEqual([
      'Say in your preferences that you answer calls aimed at public buyers; it would add no other call from the last 12 months.',
      `Indiquer dans vos préférences que vous répondez aux appels qui s’adressent aux acheteurs publics${NB}; 1${NB}autre appel des 12 derniers mois s’ajouterait.`,
    ]);
  });
  it('are told in both languages with what comes along', () => {
    expect(suggestions.map((m, i) => suggestionSentence(m, i, 'en'))).toEqual([
      'Add the keyword “solid oxide electrolysis” to the competence “Hydrogen”; it would add no other call from the last 12 months.',
      'Remove the exclusion “bomb” from the competence “Hydrogen”; it would add 1 more call from the last 12 months.',
      'Raise the weight of the competence “Hydrogen” to 1.5; it would add 2 more calls from the last 12 months.',
    ]);
    expect(suggestions.map((m, i) => suggestionSentence(m, i, 'fr'))).toEqual([
      `Ajouter le mot-clé «${NB}solid oxide electrolysis${NB}» à la compétence «${NB}Hydrogen${NB}»${NB}; aucun autre appel des 12 derniers mois ne s’ajouterait.`,
      `Retirer l’exclusion «${NB}bomb${NB}» de la compétence «${NB}Hydrogen${NB}»${NB}; 1${NB}autre appel des 12 derniers mois s’ajouterait.`,
      `Porter le poids de la compétence «${NB}Hydrogen${NB}» à 1,5${NB}; 2${NB}autres appels des 12 derniers mois s’ajouteraient.`,
    ]);
    for (const m of suggestions) expect(Suggestion.parse(m)).toEqual(m);
  });
});

describe('keywords that a call proposes', () => {
  const index = new CallIndex();
  const electrolysis = call(
    'Solid oxide electrolysis',
    'Projects are expected to contribute to stacks for solid oxide electrolysis of steam.',
  );
  beforeAll(() => {
    index.put('a', electrolysis);
    for (let i = 0; i < 100; i += 1)
      index.put(
        `o${i}`,
        call(
          `Topic ${i}`,
          `Projects are expected to contribute to all of the following outcomes in steam ${i}.`,
        ),
      );
  });
  const stats = {
    calls: () => index.sizeIn('en'),
    holding: (texts: Iterable<string>) => index.holding(texts, 'en'),
  };

  it("are its own rare words, the title's first", () => {
    const keywords = toEnd(keywordsFor(electrolysis, stats));
    expect(keywords.slice(0, 3)).toEqual(expect.arrayContaining(['solid oxide', 'solid oxide electrolysis']));
    expect(
      keywords.some((k) => /steam$|^outcomes|expected|projects/i.test(k) && !/electrolysis/.test(k)),
    ).toBe(false);
  });
  it('belong to the competence that the call matches, or whose words it shares', () => {
    expect(competenceFinder(profile)(call('Fuel for a cell', 'Hydrogen.'), null)!.label).toBe('Hydrogen');
    expect(
      competenceFinder(profile)(call('Fuel for a cell', 'Hydrogen.'), {
        score: 3,
        evidence: [],
        competences: [{ competence: 'Libraries', score: 3, excludedBy: null }],
      })!.label,
    ).toBe('Libraries');
  });
});

describe('the search for a change', () => {
  const [competence] = profile.competences as [Profile['competences'][number]];
  const trying = (scores: Record<string, number>, adds: Record<string, number> = {}) => {
    const key = (m: Suggestion): string =>
      m.kind === 'add-keyword' ? m.keywords.join('+') : m.kind === 'raise-weight' ? `weight ${m.weight}` : '';
    const asked: string[] = [];
    return {
      asked,
      attempt: (m: Suggestion) => {
        asked.push(key(m));
        return Promise.resolve(scores[key(m)] ?? null);
      },
      count: (m: Suggestion) => Promise.resolve(adds[key(m)] ?? 9),
    };
  };
  it('takes the keyword that adds the fewest further calls', async () => {
    expect(
      await keywordSuggestion(
        competence,
        ['a', 'b', 'c', 'd'],
        40,
        trying({ a: 10, b: 41, c: 50, d: 60 }, { b: 5, c: 2, d: 3 }),
      ),
    ).toMatchObject({ suggestion: { keywords: ['c'] }, score: 50, adds: 2 });
  });
  it('tries two together, then the weight, then gives up', async () => {
    expect(
      await keywordSuggestion(competence, ['a', 'b', 'c'], 40, trying({ a: 10, b: 30, c: 20, 'b+c': 45 })),
    ).toMatchObject({ suggestion: { kind: 'add-keyword', keywords: ['b', 'c'] } });
    expect(
      await keywordSuggestion(competence, ['a'], 40, trying({ a: 10, 'weight 1.5': 30, 'weight 2': 44 })),
    ).toMatchObject({ suggestion: { kind: 'raise-weight', weight: 2 } });
    expect(await keywordSuggestion(competence, ['a'], 40, trying({ a: 10 }))).toBeNull();
  });
  it('is bounded', async () => {
    const many = trying({});
    await keywordSuggestion(
      competence,
      Array.from({ length: 200 }, (_, i) => `k${i}`),
      40,
      many,
    );
    expect(many.asked.length).toBeLessThan(40);
  });
});

describe('digests as they would have been', () => {
  const weekly = { frequency: 'weekly', weekday: 'monday', at: '07:00' } as const;
  const seen = (id: string, day: string, score: number, over: string | null = null): FirstSeen => ({
    id,
    score,
    seen: new Date(day),
    over: over === null ? null : new Date(over),
  });
  it('tell the best first, as many as there is room for, and nothing that is over', () => {
    const calls = [
      seen('a', '2026-05-06T10:00:00Z', 50),
      seen('b', '2026-05-06T10:00:00Z', 60),
      seen('c', '2026-05-07T10:00:00Z', 40, '2026-05-12T00:00:00Z'),
      seen('d', '2026-05-12T10:00:00Z', 90),
      seen('e', '2026-09-01T10:00:00Z', 90),
    ];
    expect(Object.fromEntries(pastDigests(calls, weekly, 1))).toEqual({
      b: new Date('2026-05-11T05:00:00Z'),
      d: new Date('2026-05-18T05:00:00Z'),
      a: new Date('2026-05-25T05:00:00Z'),
      e: new Date('2026-09-07T05:00:00Z'),
    });
    expect(pastDigests([], weekly, 1).size).toBe(0);
  });
  it('never tell more than there is room for, never before a call was seen or after it was over, and lose nothing that stays open', () => {
    const anyCall = fc.record({
      day: fc.nat(100),
      score: fc.nat(100),
      open: fc.option(fc.nat(60), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 30 }), fc.integer({ min: 1, max: 4 }), (all, room) => {
        const start = Date.UTC(2026, 0, 1, 12);
        const calls = all.map((c, i): FirstSeen => ({
          id: `${i}`,
          score: c.score,
          seen: new Date(start + c.day * 86_400_000),
          over: c.open === null ? null : new Date(start + (c.day + c.open) * 86_400_000),
        }));
        const overrides = pastDigests(calls, weekly, room);
        const dates = new Map<number, number>();
        for (const at of overrides.values()) dates.set(at.getTime(), (dates.get(at.getTime()) ?? 0) + 1);
        for (const n of dates.values()) expect(n).toBeLessThanOrEqual(room);
        for (const c of calls) {
          const at = overrides.get(c.id);
          if (!at) expect(c.over).not.toBeNull();
          else expect(at > c.seen && (c.over === null || at < c.over)).toBe(true);
        }
      }),
    );
  });
});
