import {
  changesByDecisions,
  ENOUGH_DECISIONS,
  readDecisions,
  type ReadDecision,
  type Scores,
} from '../../../src/explain/domain/suggestions/by-decisions.js';
import {
  effectSentence,
  keyOfSuggestion,
  type Suggestion,
} from '../../../src/explain/domain/suggestions/suggestions.js';
import { sha256 } from '../../../src/kernel/hash.js';
import { CallIndex } from '../../../src/matching/domain/index/call-index.js';
import { type Steps, toEnd } from '../../../src/kernel/time-slices.js';
import { Profile } from '../../../src/profiles/domain/profile.js';

const NB = '\u00a0';
const LEAST = 40;
const profile = Profile.parse({
  id: 'x',
  name: 'An institute',
  competences: [{ label: 'Wind', keywords: ['wind turbine', 'bridge'] }],
});

/** As many decisions as are enough; those by name hold these phrases, the others are sent and kept. */
function decided(
  some: Record<string, { kept: boolean; phrases: string[]; sampled?: boolean }>,
  all = ENOUGH_DECISIONS,
): ReadDecision[] {
  const named = Object.entries(some).map(([id, told]) => ({
    ...{ id, sampled: false, competence: 'Wind' },
    ...told,
  }));
  const others = Array.from({ length: all - named.length }, (_, i) => ({
    ...{ id: `sent-${i}`, kept: true, sampled: false, competence: 'Wind', phrases: ['wind turbine'] },
  }));
  return [...named, ...others];
}

/** A call scores as many points as its competence weighs, by 30 for each keyword that it holds. */
const scoring =
  (decisions: readonly ReadDecision[]) =>
  (of: Profile): Scores =>
    new Map(
      decisions.map(({ id, phrases }) => {
        const { keywords, exclusions, weight } = of.competences[0]!;
        const held = phrases.some((p) => exclusions.includes(p))
          ? []
          : keywords.filter((k) => phrases.includes(k));
        const evidence = held.map((term) => ({
          ...{ competence: 'Wind', term, field: 'title', times: 1, spans: [], contribution: 1 },
        }));
        return [
          id,
          { score: 10 + 30 * Math.min(1, weight) * held.length, competences: [], evidence },
        ] as const;
      }),
    );

async function suggested(decisions: ReadDecision[], declined: string[] = []) {
  const scoresOf = scoring(decisions);
  const changes = await changesByDecisions({ profile, scores: scoresOf(profile) }, decisions, {
    least: LEAST,
    isDeclined: (s) => declined.includes(keyOfSuggestion(s)),
    scoresOf: (of) => Promise.resolve(scoresOf(of)),
  });
  return changes;
}

const missed = (ids: string[], phrase = 'tidal lagoon') =>
  Object.fromEntries(ids.map((id) => [id, { kept: true, phrases: [phrase] }]));
const unwanted = (ids: string[], phrases = ['bridge']) =>
  Object.fromEntries(ids.map((id) => [id, { kept: false, phrases }]));
const names = (word: string, n: number) => Array.from({ length: n }, (_, i) => `${word}-${i}`);
const lagoon: Suggestion = { kind: 'add-keyword', competence: 'Wind', keywords: ['tidal lagoon'] };
const bridge: Suggestion = { kind: 'remove-keyword', competence: 'Wind', keywords: ['bridge'] };

describe('changes that decisions suggest', () => {
  it('are a phrase that wanted calls share and the profile lacks, and a keyword that brings unwanted ones, with what each does', async () => {
    const decisions = decided({ ...missed(names('lagoon', 8)), ...unwanted(names('bridge', 6)) });
    expect(await suggested(decisions)).toEqual([
      { suggestion: lagoon, effect: { gained: 8, lost: 0, spared: 0, added: 0 } },
      { suggestion: bridge, effect: { gained: 0, lost: 0, spared: 6, added: 0 } },
    ]);
  });

  it('are an exclusion where the keyword brings wanted calls too', async () => {
    const decisions = decided({
      ...unwanted(names('toy', 6), ['wind turbine', 'toy model']),
      ...missed(names('other', 2), 'wind turbine'),
    });
    expect(await suggested(decisions)).toEqual([
      {
        suggestion: { kind: 'add-exclusion', competence: 'Wind', exclusions: ['toy model'] },
        effect: { gained: 0, lost: 0, spared: 6, added: 0 },
      },
    ]);
  });

  it('are none that put too much wrong for what they put right', async () => {
    const among = (wanted: number, n: number) =>
      suggested(
        decided({
          ...missed(names('lagoon', wanted)),
          ...unwanted(names('resort', n), ['tidal lagoon']),
        }),
      );
    expect(await among(8, 2)).toMatchObject([{ suggestion: lagoon, effect: { gained: 8, added: 2 } }]);
    expect(await among(7, 2)).toEqual([]);
  });

  it('are no keyword that brings wanted calls too, though each of them holds another', async () => {
    const both = (n: number) =>
      suggested(
        decided({
          ...unwanted(names('bridge', 6)),
          ...Object.fromEntries(
            names('both', n).map((id) => [id, { kept: true, phrases: ['bridge', 'wind turbine'] }]),
          ),
        }),
      );
    expect(await both(2)).toMatchObject([{ suggestion: bridge }]);
    expect(await both(4)).toEqual([]);
  });

  it('are none that only one half of the decisions speaks for', async () => {
    const order = names('call', ENOUGH_DECISIONS).sort((a, b) => (sha256(a) < sha256(b) ? -1 : 1));
    const [even, odd] = [0, 1].map((half) => order.filter((_, i) => i % 2 === half));
    const speaking = (some: string[]) =>
      suggested(
        order.map((id) => ({
          ...{ id, kept: true, sampled: false, competence: 'Wind' },
          phrases: [some.includes(id) ? 'tidal lagoon' : 'wind turbine'],
        })),
      );
    expect(await speaking(even!.slice(0, 6))).toEqual([]);
    // Two calls are too few to speak, although there is one in each half.
    expect(await speaking([even![0]!, odd![0]!])).toEqual([]);
    expect(await speaking([...even!.slice(0, 5), odd![0]!])).toMatchObject([{ suggestion: lagoon }]);
  });

  it('are none before thirty decisions, but for what brings a sampled call that is wanted', async () => {
    const some = missed(names('lagoon', 8));
    expect(await suggested(decided(some, ENOUGH_DECISIONS - 1))).toEqual([]);
    const sampled = { ...some, 'lagoon-0': { kept: true, phrases: ['tidal lagoon'], sampled: true } };
    expect(await suggested(decided(sampled, 12))).toMatchObject([{ suggestion: lagoon }]);
  });

  it('are none that was declined, with another weight neither', async () => {
    const decisions = decided({ ...missed(names('lagoon', 8)), ...unwanted(names('bridge', 6)) });
    expect(await suggested(decisions, [keyOfSuggestion(lagoon)])).toMatchObject([{ suggestion: bridge }]);
    const weight = (kind: 'raise-weight' | 'lower-weight', to: number): string =>
      keyOfSuggestion({ kind, competence: 'Wind', weight: to });
    expect(weight('raise-weight', 2)).toBe(weight('raise-weight', 3));
    expect(weight('raise-weight', 2)).not.toBe(weight('lower-weight', 2));
  });

  it('are none that was declined, in another form of its words neither', async () => {
    const plural: Suggestion = { ...lagoon, keywords: ['Tidal lagoons'] };
    expect(keyOfSuggestion(plural)).toBe(keyOfSuggestion(lagoon));
    expect(await suggested(decided(missed(names('lagoon', 8))), [keyOfSuggestion(plural)])).toEqual([]);
  });

  it('are no exclusion of what is a keyword of the profile in another form', async () => {
    const decisions = decided({
      ...unwanted(names('toy', 6), ['wind turbine', 'wind turbines']),
      ...missed(names('other', 2), 'wind turbine'),
    });
    expect(await suggested(decisions)).toEqual([]);
  });

  it('are at most three, and none that adds nothing to those before it', async () => {
    const groups = ['tidal lagoon', 'heat pump', 'sea cable', 'kite sail', 'lagoon wall'];
    const calls = groups
      .slice(0, 4)
      .flatMap((phrase, g) => names(`g${g}`, 6).map((id) => [id, phrase] as const))
      .map(([id, phrase]) => [
        id,
        { kept: true, phrases: phrase === 'tidal lagoon' ? [phrase, 'lagoon wall'] : [phrase] },
      ]);
    const found = await suggested(decided(Object.fromEntries(calls)));
    expect(found.map(({ suggestion }) => 'keywords' in suggestion && suggestion.keywords[0])).toEqual([
      'tidal lagoon',
      'heat pump',
      'sea cable',
    ]);
  });

  it('are looked for with the profile read once, however many calls share nothing with it', () => {
    let reads = 0;
    const one = {
      ...profile.competences[0]!,
      get description() {
        reads += 1;
        return '';
      },
    };
    const content = {
      ...{ title: 'Toys', callTitle: null, language: 'en', keywords: [], destination: null, sections: [] },
    };
    const calls = names('toy', 3).map((id) => ({ id, kept: true, sampled: false, content }));
    const none = {
      calls: () => 0,
      *holding(texts: Iterable<string>): Steps<Map<string, number>> {
        yield;
        return new Map([...texts].map((text) => [text, 0]));
      },
    };
    toEnd(readDecisions({ ...profile, competences: [one] }, calls, new Map(), none));
    expect(reads).toBe(1);
  });

  it('take phrases as they stand in the language of each call', () => {
    const index = new CallIndex();
    const call = (title: string, language: string) => ({
      ...{ title, callTitle: null, language, keywords: [], destination: null, sections: [] },
    });
    const [french, english] = [
      call('Fermes marémotrices flottantes', 'fr'),
      call('Tidal lagoon walls', 'en'),
    ];
    index.put('f', french);
    index.put('e', english);
    const read = toEnd(
      readDecisions(
        profile,
        [
          { id: 'f', kept: true, sampled: false, content: french },
          { id: 'e', kept: true, sampled: false, content: english },
        ],
        new Map(),
        {
          calls: (language) => index.sizeIn(language),
          holding: (texts, language) => index.holding(texts, language),
        },
      ),
    );
    expect(read.map(({ competence }) => competence)).toEqual(['Wind', 'Wind']);
    expect(read[0]!.phrases).toContain('fermes marémotrices');
    expect(read[1]!.phrases).toContain('tidal lagoon');
  });

  it('are told in both languages with what they put right and wrong', () => {
    const effect = { gained: 4, lost: 0, spared: 0, added: 1 };
    expect(effectSentence(lagoon, effect, 'en')).toBe(
      'Add the keyword “tidal lagoon” to the competence “Wind”: it would have brought you 4 more wanted calls and sent you 1 more unwanted call.',
    );
    expect(effectSentence(bridge, { gained: 0, lost: 1, spared: 5, added: 0 }, 'fr')).toBe(
      `Retirer le mot-clé «${NB}bridge${NB}» de la compétence «${NB}Wind${NB}»${NB}: cela vous aurait épargné 5${NB}appels non retenus et fait manquer 1${NB}appel retenu.`,
    );
  });
});
