import { eachInTimeSlices, inTimeSlices, toEnd } from '../../../src/kernel/time-slices.js';
import {
  ANALYSIS,
  type AnalysedCall,
  decodeAnalysis,
  decodeBag,
  decodeWords,
  encodeAnalysis,
  type StoredAnalysis,
} from '../../../src/matching/domain/index/analysed-call.js';
import type { MatchableCall } from '../../../src/matching/domain/index/fields.js';
import { firstWord, wordsIn } from '../../../src/matching/domain/index/indexed-call.js';
import { Matcher } from '../../../src/matching/domain/scoring/matcher.js';
import { sha256 } from '../../../src/kernel/hash.js';
import { Terminology } from '../../../src/matching/domain/analysis/terminology.js';
import { backgroundOf } from '../../../src/matching/domain/semantic/profile-embeddings.js';
import { WordVectors } from '../../../src/matching/domain/semantic/word-vectors.js';
import { MatchingSettings } from '../../../src/matching/domain/scoring/settings.js';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { shippedModel } from '../../support/matching/shipped-model.js';

const settings = MatchingSettings.parse({});
const model = shippedModel();

/** Returns pseudo-random numbers that are the same on every run. */
function lottery(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS =
  `hydrogen storage battery recycling water treatment wastewater waste bio-based biobased polymers carbon capture storages
  materials additive manufacturing l'énergie vaccine sensors quantum CO₂ the of and for, with. soil health fibre modelling PEM`.split(
    /\s+/,
  );

const idOf = (i: number): string => `call-${String(i).padStart(3, '0')}`;

/** A made-up world: calls by id, and a profile whose words and phrases occur in some of them. */
function world(seed: number): { calls: Map<string, MatchableCall>; profile: Profile } {
  const pick = lottery(seed);
  const text = (length: number): string =>
    Array.from({ length }, () => WORDS[pick(WORDS.length)] ?? '').join(' ');
  const calls = Array.from({ length: 120 }, (_, i): [string, MatchableCall] => [
    idOf(i),
    {
      title: text(5),
      callTitle: null,
      language: pick(6) === 0 ? 'fr' : 'en',
      keywords: [text(2)],
      destination: text(3),
      identifier: `HORIZON-CL5-2026-D2-01-${i}`,
      sections: [{ kind: 'scope', title: '', text: text(20 + pick(60)) }],
    },
  ]);
  const competences = Array.from({ length: 4 }, (_, i) => ({
    label: `${i} ${text(3)}`,
    description: text(20),
    weight: 1,
    keywords: ['wastewater', 'CO₂ capture', ...Array.from({ length: 6 }, () => `${text(2)} soil`)],
    exclusions: i === 3 ? ['quantum sensors'] : [],
  }));
  return {
    calls: new Map(calls),
    profile: Profile.parse({ id: 'x', name: 'An institute', competences }),
  };
}

const isOld = (id: string): boolean => Number(id.slice(-3)) % 3 !== 0;

/** A matcher that keeps old calls as they are stored, and counts them there. */
class WithArchive {
  readonly matcher = new Matcher(model);
  private readonly stored = new Map<string, StoredAnalysis>();
  /** How often the old calls were looked through. */
  looked = 0;
  onLook = (): void => undefined;

  constructor() {
    for (const language of ['en', 'fr'] as const)
      this.matcher.index.keepArchive(language, {
        each: async (wanted, tell) => {
          this.looked += 1;
          this.onLook();
          const among = wanted?.map((stems) => stems.map((stem) => stem + 300));
          await eachInTimeSlices([...this.stored.values()], ({ language: own, stems, words }) => {
            const may = !among || among.some((all) => all.every((stem) => stems.includes(stem)));
            if (own === language && may) tell(decodeWords(words, this.local));
          });
        },
      });
  }

  /** The stored number of a stem is another one than that in the index. */
  private readonly local = Array.from({ length: 2_000 }, (_, stored) => stored - 300);

  store(id: string, analysed: AnalysedCall): void {
    this.stored.set(
      id,
      encodeAnalysis(analysed, (stem) => stem + 300),
    );
  }

  /** Counts a call that was never in memory. */
  count(id: string, call: MatchableCall): void {
    const analysed = this.matcher.analyse(call);
    this.store(id, analysed);
    this.matcher.index.count(analysed.language, analysed.words, 1);
  }

  /** Takes the young calls into memory, and counts the old ones. */
  take(calls: ReadonlyMap<string, MatchableCall>): void {
    for (const [id, call] of calls) {
      if (isOld(id)) this.count(id, call);
      else this.matcher.put(id, call);
    }
  }

  /** Brings a call back into memory, as it is stored. */
  invite(id: string, call: MatchableCall): void {
    const analysed = decodeAnalysis(this.stored.get(id)!, this.local);
    this.stored.delete(id);
    this.matcher.index.count(analysed.language, analysed.words, -1);
    this.matcher.put(id, call, analysed);
  }

  unitOf(id: string): Float32Array | null {
    return this.matcher.vectorOf(decodeBag(this.stored.get(id)!.rest));
  }
}

describe('calls that are only counted', () => {
  describe.each([1, 2, 3])('in world %i', (seed) => {
    const { calls, profile } = world(seed);
    const whole = new Matcher(model);
    for (const [id, call] of calls) whole.put(id, call);
    const young = new Set([...calls.keys()].filter((id) => !isOld(id)));
    const score = (matcher: Matcher, only: ReadonlySet<string>) =>
      inTimeSlices(matcher.ranking({ profile }, settings, { only }));

    it('leave every score, reason and count of the others as it is, to the digit', async () => {
      const part = new WithArchive();
      const { matcher } = part;
      let n = 0;
      for (const [id, call] of calls) {
        n += 1;
        // From a third on, terms are known already and have to follow what comes.
        if (n === 40) await score(matcher, young);
        if (!isOld(id)) matcher.put(id, call);
        else if (n % 2 === 0) part.count(id, call);
        else {
          const analysed = matcher.analyse(call);
          matcher.put(id, call, analysed);
          if (n % 5 === 0) await score(matcher, new Set([id]));
          part.store(id, analysed);
          matcher.archive(id);
        }
      }
      expect(matcher.index.size).toBe(young.size);
      expect(matcher.index.counted).toBe(calls.size);
      expect(await score(matcher, young)).toEqual(await score(whole, young));
      expect(await inTimeSlices(matcher.index.keywordCalls(profile, settings))).toEqual(
        await inTimeSlices(whole.index.keywordCalls(profile, settings)),
      );
      const texts = ['waste water', 'hydrogen storage', 'soil health', 'bio-based polymers', 'sensors'];
      expect(await inTimeSlices(matcher.index.holding(texts, 'en'))).toEqual(
        await inTimeSlices(whole.index.holding(texts, 'en')),
      );
      expect(part.looked).toBeGreaterThan(0);
    });

    it('count as before when they are asked for, and when they leave again', async () => {
      const part = new WithArchive();
      const { matcher } = part;
      part.take(calls);
      const asked = [...calls.keys()].filter((id) => isOld(id)).slice(0, 7);
      for (const id of asked) part.invite(id, calls.get(id)!);
      const all = new Set([...young, ...asked]);
      expect(await score(matcher, all)).toEqual(await score(whole, all));
      for (const id of asked) {
        part.store(id, matcher.analyse(calls.get(id)!));
        matcher.archive(id);
      }
      const other = { ...profile, competences: profile.competences.slice(1) };
      expect(await inTimeSlices(matcher.ranking({ profile: other }, settings, { only: young }))).toEqual(
        await inTimeSlices(whole.ranking({ profile: other }, settings, { only: young })),
      );
    });

    it('are as like others as before', () => {
      const part = new WithArchive();
      part.take(calls);
      const old = [...calls.keys()].filter((id) => isOld(id));
      const vectors = new Map(old.map((id) => [id, part.unitOf(id)]));
      for (const id of old.slice(0, 20))
        expect(part.matcher.likeness(idOf(0), id, vectors)).toBe(whole.likeness(idOf(0), id));
    });
  });

  it('are looked through once for a search, also for one that has waited too long', async () => {
    const part = new WithArchive();
    part.take(world(6).calls);
    const search = Profile.parse({
      id: 'search',
      name: 'A search',
      competences: [{ label: 'soil health', description: '', weight: 1, keywords: ['soil health'] }],
    });
    const tooLong = new AbortController();
    part.onLook = () => tooLong.abort(new Error('too late'));
    // All steps are in the same turn.
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
    await inTimeSlices(part.matcher.ranking({ profile: search }, settings), tooLong.signal).catch(() => null);
    clock.mockRestore();
    const { looked } = part;
    expect(looked).toBeGreaterThan(0);
    await inTimeSlices(part.matcher.ranking({ profile: search }, settings));
    expect(part.looked).toBe(looked);
  });

  it('make no word of the calls in memory a common one', () => {
    const [part, whole] = [new WithArchive(), new Matcher(model)];
    for (let n = 0; n < 330; n += 1) {
      const id = idOf(n);
      const text = n < 25 ? 'Hydrogen electrolysers.' : 'Cattle feed.';
      const call = {
        ...world(1).calls.values().next().value!,
        language: 'en',
        keywords: [],
        destination: '',
      };
      const written = { ...call, title: text, sections: [{ kind: 'scope' as const, title: '', text }] };
      whole.put(id, written);
      if (n < 10) part.matcher.put(id, written);
      else part.count(id, written);
    }
    const near = toEnd(whole.wordsNear('hydrogen', 'en', 5));
    expect(near).toContain('hydrogen');
    expect(toEnd(part.matcher.wordsNear('hydrogen', 'en', 5))).toEqual(near);
  });

  it('are analysed anew when the analysis changes: whoever changes it raises ANALYSIS', () => {
    const background = backgroundOf([Float32Array.of(1, 0), Float32Array.of(0.6, 0.8)], 2);
    const matcher = new Matcher({
      ...model,
      vectors: WordVectors.fromParts({
        model: 'tiny',
        dimensions: 2,
        features: ['hydrogen', 'soil', 'wast', 'quantum', 'c:CL5'],
        weights: Float32Array.of(2, 3, 1.5, 1, 1),
        rows: Float32Array.of(1, 0.1, -0.2, 1, 0.9, 0, 0.3, 0.4, 0.5, 0.5),
        background,
      }),
      terminology: Terminology.none,
    });
    const all = [...world(5).calls.values()].map((call) => {
      const { stems: _, ...stored } = encodeAnalysis(matcher.analyse(call), (stem) => stem);
      return [stored.language, stored.words.toString('hex'), stored.rest.toString('hex')];
    });
    const stems = Array.from({ length: 60 }, (_, n) => matcher.index.stemWithNumber('en', n));
    expect([ANALYSIS, sha256(JSON.stringify([all, stems]))]).toEqual([
      2,
      'c4ab016329a5b3097f8f909d2dbcb5342ada285396557133d585be0457f7c949',
    ]);
  });

  it('are stored and read without a loss', () => {
    const matcher = new Matcher(model);
    for (const [, call] of world(4).calls) {
      const analysed = matcher.analyse(call);
      const stored = encodeAnalysis(analysed, (stem) => stem + 300);
      const local = Array.from({ length: 2_000 }, (_, n) => n - 300);
      expect(decodeAnalysis(stored, local)).toEqual(analysed);
      const end = firstWord(analysed.words) + wordsIn(analysed.words);
      expect(decodeWords(stored.words, local)).toEqual(analysed.words.slice(0, end));
      expect(new Set(stored.stems).size).toBe(stored.stems.length);
    }
  });
});
