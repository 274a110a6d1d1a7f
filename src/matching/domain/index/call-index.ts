import { type CompetenceQuery, fieldWeights, idf, ProfileQueries, saturate } from '../scoring/query.js';
import { type Archive, type ArchiveCounts, Collection } from './collection.js';
import {
  type CallReader,
  type IndexedCall,
  tokeniseCall,
  type TokenisedCall,
  weightAt,
} from './indexed-call.js';
import { KIND_SHIFT, noPosting, NUMBER_SHIFT, type Posting, SMALL } from './postings.js';
import type { MatchingSettings } from '../scoring/settings.js';
import type { Steps } from '../../../kernel/time-slices.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import {
  matchOf,
  placeOf,
  rawOf,
  exclusionIn,
  explainCompetence,
  type QueriedCall,
} from '../explanation/evidence.js';
import type { Exclusion, RawScores, MatchScore } from '../scoring/match.js';
import { Terminology } from '../analysis/terminology.js';
import type { Profile } from '../../../profiles/domain/profile.js';
import type { MatchableCall } from './fields.js';
import type { TermQuery } from './cached-term.js';
import { Scoring } from '../scoring/score-all.js';
import { phraseOf } from '../analysis/terms.js';
import { fold, stem as stemOf } from '../../../kernel/stem.js';

const ONE_WORD = { words: 1 };

/** The words of a profile, as parallel lists. */
interface Vocabulary {
  stems: string[];
  /** Their numbers in the collection; -1 while no call contains the word. */
  ids: Int32Array;
  /** How often each word is used by all competences together. */
  said: Float64Array;
  /** Where the uses of each word begin in the two lists below; its last entry is their length. */
  begins: Int32Array;
  /** The number of a competence that uses the word, and how often it does. */
  users: Int32Array;
  uses: Float64Array;
}

/**
 * Cached by the list of competences, which belongs to one collection: the same profile is scored again for
 * every new call.
 */
const vocabularies = new WeakMap<readonly CompetenceQuery[], Vocabulary>();

/** One step per competence. */
function* readVocabulary(competences: readonly CompetenceQuery[]): Steps<Vocabulary> {
  const numbers = new Map<string, number>();
  const sizes: number[] = [];
  for (const { terms } of competences) {
    for (const stem of terms.vocabulary.keys()) {
      const number = numbers.get(stem) ?? numbers.size;
      if (number === numbers.size) numbers.set(stem, number);
      sizes[number] = (sizes[number] ?? 0) + 1;
    }
    yield;
  }
  const begins = new Int32Array(numbers.size + 1);
  sizes.forEach((size, w) => {
    begins[w + 1] = begins[w]! + size;
  });
  const [said, filled] = [new Float64Array(numbers.size), begins.slice()];
  const [users, uses] = [new Int32Array(begins.at(-1)!), new Float64Array(begins.at(-1)!)];
  for (const [c, { terms }] of competences.entries()) {
    for (const [stem, count] of terms.vocabulary) {
      const w = numbers.get(stem)!;
      said[w]! += count;
      users[filled[w]!] = c;
      uses[filled[w]!++] = count;
    }
    yield;
  }
  return {
    stems: [...numbers.keys()],
    ids: new Int32Array(numbers.size).fill(-1),
    said,
    begins,
    users,
    uses,
  };
}

/**
 * How much of a profile's vocabulary occurs in calls, in whatever phrases: from 0 to about 1, each word
 * weighted by its frequency in the profile and its rarity. Generic words count 0.
 */
class SharedWords {
  /** The most each word adds to a call per use in the profile. */
  private readonly values: Float64Array;
  private readonly fieldWeights: Float64Array;

  /** `competences`: their number. */
  private constructor(
    private readonly vocabulary: Vocabulary,
    private readonly competences: number,
    private readonly collection: Collection,
    private readonly settings: MatchingSettings,
  ) {
    this.fieldWeights = fieldWeights(settings);
    const { stems, ids, said } = this.vocabulary;
    this.values = new Float64Array(stems.length);
    let square = 0;
    for (let w = 0; w < stems.length; w += 1) {
      if (ids[w] === -1) ids[w] = collection.stemOf(stems[w]!) ?? -1;
      const count = collection.posting(ids[w]!)?.calls ?? 0;
      if (count === 0) continue;
      this.values[w] = idf(ONE_WORD, count, collection.size, settings);
      square += (this.values[w]! * said[w]!) ** 2;
    }
    const length = Math.sqrt(square);
    for (let w = 0; length > 0 && w < stems.length; w += 1) this.values[w]! /= length;
  }

  /** Reads the words of a profile's competences, unless that has been done. */
  static *forCompetences(
    competences: readonly CompetenceQuery[],
    collection: Collection,
    settings: MatchingSettings,
  ): Steps<SharedWords> {
    let known = vocabularies.get(competences);
    if (!known) vocabularies.set(competences, (known = yield* readVocabulary(competences)));
    return new SharedWords(known, competences.length, collection, settings);
  }

  /** Adds the share of every call, by call number; one step per word. */
  *add(to: Float64Array): Steps<void> {
    const { ids, said } = this.vocabulary;
    for (let w = 0; w < ids.length; w += 1) {
      if (this.values[w] === 0) continue;
      this.addWord(this.collection.posting(ids[w]!) ?? noPosting, this.values[w]! * said[w]!, to);
      yield;
    }
  }

  /** The entries of a call are adjacent. */
  private addWord({ entries, length }: Posting, value: number, to: Float64Array): void {
    let frequency = 0;
    for (let i = 0; i < length; i += 1) {
      const entry = entries[i]!;
      const number = entry >>> NUMBER_SHIFT;
      frequency += (entry & SMALL) * this.fieldWeights[(entry >>> KIND_SHIFT) & SMALL]!;
      if (i + 1 < length && entries[i + 1]! >>> NUMBER_SHIFT === number) continue;
      to[number]! += value * saturate(frequency, this.settings.k1);
      frequency = 0;
    }
  }

  /** Returns the share of one call, by competence. */
  in(number: number): number[] {
    const { ids, begins, users, uses } = this.vocabulary;
    const reader = this.collection.readerOf(number);
    const shares = Array.from({ length: this.competences }, () => 0);
    for (let w = 0; w < ids.length; w += 1) {
      if (this.values[w] === 0 || !reader.has(ids[w]!)) continue;
      let frequency = 0;
      for (const place of reader.placesOf(ids[w]!))
        frequency += weightAt(reader.call, place) * this.fieldWeights[reader.kindAt(place)]!;
      const value = this.values[w]! * saturate(frequency, this.settings.k1);
      for (let u = begins[w]!; u < begins[w + 1]!; u += 1) shares[users[u]!]! += uses[u]! * value;
    }
    return shares;
  }
}

/** The calls of one language, and the profile queries on them. */
interface IndexPart {
  collection: Collection;
  profiles: ProfileQueries;
}

function indexPart(language: AnalysedLanguage, terminology: Terminology): IndexPart {
  const collection = new Collection(language);
  return { collection, profiles: new ProfileQueries(collection, terminology) };
}

interface QueryPart {
  collection: Collection;
  competences: CompetenceQuery[];
  shared: SharedWords;
}

function exclusionOf(competence: CompetenceQuery, call: QueriedCall): Exclusion | null {
  const found = exclusionIn(competence, call);
  return (
    found && { competence: competence.terms.label, term: found.term.text, ...placeOf(call.reader, found.hit) }
  );
}

const NONE: ReadonlySet<string> = new Set();
/** Up to this many calls are scored one by one. */
const FEW = 100;

/**
 * Statistics and postings of the known calls (Robertson & Zaragoza 2009, BM25F; one collection per language).
 * A score depends on which calls are known, through the rarity of terms among them, but never on the order in
 * which they were added.
 */
export class CallIndex {
  private readonly parts: Record<AnalysedLanguage, IndexPart>;
  private readonly numbers = new Map<string, number>();
  private readonly ids: (string | undefined)[] = [];
  private readonly unused: number[] = [];

  /** Without a terminology, phrases are searched for as written. */
  constructor(terminology = Terminology.none) {
    this.parts = { en: indexPart('en', terminology), fr: indexPart('fr', terminology) };
  }

  /** Adds a call, or replaces the one with that id; see `putWords`. */
  put(id: string, call: MatchableCall): number {
    const read = tokeniseCall(call);
    return this.putWords(id, read.language, this.wordsIn(read));
  }

  /** Returns a call's words, in the numbers of this index. */
  wordsIn({ language, fields }: TokenisedCall): IndexedCall {
    return this.parts[language].collection.read(fields);
  }

  /**
   * Adds a call by its words, or replaces the one with that id. Returns the call's number, which is small and
   * reused once the call is removed.
   */
  putWords(id: string, language: AnalysedLanguage, words: IndexedCall): number {
    this.remove(id);
    const number = this.unused.pop() ?? this.ids.length;
    this.parts[language].collection.put(number, words);
    this.ids[number] = id;
    this.numbers.set(id, number);
    return number;
  }

  remove(id: string): void {
    const number = this.numbers.get(id);
    if (number === undefined) return;
    for (const { collection } of this.all()) collection.remove(number);
    this.numbers.delete(id);
    this.ids[number] = undefined;
    this.unused.push(number);
  }

  get size(): number {
    return this.numbers.size;
  }

  /** The number of calls, with those that are only counted. */
  get counted(): number {
    return this.all().reduce((sum, { collection }) => sum + collection.size, 0);
  }

  /** Counts a call that is not in memory, or no longer (`by` -1). */
  count(language: AnalysedLanguage, words: IndexedCall, by: 1 | -1): void {
    this.parts[language].collection.count(words, by);
  }

  /** Has terms counted in these calls too; they are those that `count` was told of. */
  keepArchive(language: AnalysedLanguage, archive: Archive): void {
    this.parts[language].collection.archive = archive;
  }

  /** See `Collection`. */
  restoreArchive(language: AnalysedLanguage, counts: ArchiveCounts): void {
    this.parts[language].collection.restore(counts);
  }

  archiveCounts(language: AnalysedLanguage): Steps<ArchiveCounts> {
    return this.parts[language].collection.archiveCounts();
  }

  /** How many calls and terms were counted in the archive since its counts were kept. */
  get uncounted(): number {
    return this.all().reduce((sum, { collection }) => sum + collection.uncounted, 0);
  }

  /** Notes that the counts of the archive are kept, with these of terms. */
  keptArchive(terms: ArchiveCounts['terms']): void {
    for (const { collection } of this.all()) collection.kept(terms);
  }

  stemNumber(language: AnalysedLanguage, stem: string): number {
    return this.parts[language].collection.numberOf(stem);
  }

  stemWithNumber(language: AnalysedLanguage, number: number): string {
    return this.parts[language].collection.nameOf(number);
  }

  /** Returns the numbers of all calls, or of the known ones in `only`, ascending. */
  numbersOf(only?: ReadonlySet<string>): Int32Array {
    if (only) return Int32Array.from([...only].flatMap((id) => this.numbers.get(id) ?? [])).sort();
    const numbers = new Int32Array(this.size);
    for (let number = 0, n = 0; number < this.ids.length; number += 1)
      if (this.ids[number] !== undefined) numbers[n++] = number;
    return numbers;
  }

  idOf(number: number): string | undefined {
    return this.ids[number];
  }

  numberOf(id: string): number | undefined {
    return this.numbers.get(id);
  }

  /**
   * Returns the raw scores of all calls at once, to be combined with the other signals before the evidence
   * for the best is requested. The points of a match follow from its raw score: 100 / (1 + (saturation / raw)
   * ^ steepness).
   */
  *rawScores(profile: Profile, settings: MatchingSettings, only?: ReadonlySet<string>): Steps<RawScores> {
    const query = yield* this.seek(profile, settings);
    const made = new Map<string, MatchScore | null>();
    const matchFor = (id: string): MatchScore | null => {
      const number = this.numbers.get(id);
      if (!made.has(id)) made.set(id, number === undefined ? null : this.match(number, query, settings));
      return made.get(id)!;
    };
    const sharedWithout = (id: string, left: ReadonlySet<string>): number => {
      const number = this.numbers.get(id);
      const own = number === undefined ? undefined : query.find((s) => s.collection.call(number));
      return !own
        ? 0
        : own.shared
            .in(number!)
            .reduce((all, one, c) => (left.has(own.competences[c]!.terms.label) ? all : all + one), 0);
    };
    const few = only && only.size <= FEW ? only : null;
    const raw = few
      ? this.ofFew(few, (id) => rawOf(matchFor(id)?.score ?? 0, settings))
      : yield* this.raws(query, settings, only);
    const shared = few ? this.ofFew(few, (id) => sharedWithout(id, NONE)) : yield* this.shares(query);
    const exclusionsIn = (id: string): Exclusion[] => {
      const number = this.numbers.get(id);
      const found = number === undefined ? null : this.queried(number, query, settings);
      return found ? found.own.competences.flatMap((c) => exclusionOf(c, found.call) ?? []) : [];
    };
    return { raw, shared, sharedWithout, ids: this.ids, matchFor, exclusionsIn };
  }

  /**
   * Looks up the words of profiles about to be ranked: in one pass, which takes a third of the time of
   * profile by profile.
   */
  *lookFor(profiles: readonly Profile[], settings: MatchingSettings): Steps<void> {
    for (const part of this.all())
      if (part.collection.size > 0) yield* part.profiles.lookFor(profiles, settings);
  }

  /** Returns a call's words and the collection that numbers them; null if the call is unknown. */
  wordsOf(id: string): { reader: CallReader; collection: Collection } | null {
    const number = this.numbers.get(id);
    const part =
      number === undefined ? undefined : this.all().find(({ collection }) => collection.call(number));
    return number === undefined || !part
      ? null
      : { reader: part.collection.readerOf(number), collection: part.collection };
  }

  languageOf(id: string): AnalysedLanguage | undefined {
    return this.wordsOf(id)?.collection.language;
  }

  /** Returns the number of calls that contain a word, in any form of its language. */
  callsWith(word: string): number {
    return this.all().reduce(
      (sum, { collection: c }) => sum + c.callsWith(stemOf(fold(word), c.language)),
      0,
    );
  }

  callsWithStem(stem: string): number {
    return this.all().reduce((sum, { collection }) => sum + collection.callsWith(stem), 0);
  }

  /** Returns the number of known calls in that language, with those that are only counted. */
  sizeIn(language: AnalysedLanguage): number {
    return this.parts[language].collection.size;
  }

  /**
   * Returns the number of calls of that language that contain each of these words and phrases, matched like a
   * keyword but without foreign words inside; nothing for one without a meaning.
   */
  *holding(texts: Iterable<string>, language: AnalysedLanguage): Steps<Map<string, number>> {
    const counts = new Map<string, number>();
    const queries: TermQuery[] = [];
    for (const text of texts) {
      const term = phraseOf(text, language);
      if (term) queries.push({ term, slop: 0 });
      yield;
    }
    const calls = yield* this.parts[language].collection.memory.counts(queries);
    queries.forEach(({ term }, i) => counts.set(term.text, calls[i]!));
    return counts;
  }

  /**
   * Returns the number of calls, in any language, that contain each keyword of a profile; 0 for a keyword
   * without meaning.
   */
  *keywordCalls(profile: Profile, settings: MatchingSettings): Steps<Map<string, number>> {
    const calls = new Map(profile.competences.flatMap((c) => c.keywords).map((keyword) => [keyword, 0]));
    for (const { profiles } of this.all())
      for (const [keyword, n] of yield* profiles.keywordCalls(profile, settings))
        calls.set(keyword, calls.get(keyword)! + n);
    return calls;
  }

  private all(): IndexPart[] {
    return Object.values(this.parts);
  }

  private *seek(profile: Profile, settings: MatchingSettings): Steps<QueryPart[]> {
    const query: QueryPart[] = [];
    for (const { collection, profiles } of this.all()) {
      if (collection.size === 0) continue;
      const competences = yield* profiles.get(profile, settings);
      const shared = yield* SharedWords.forCompetences(competences, collection, settings);
      query.push({ collection, competences, shared });
    }
    return query;
  }

  /** Returns the values of a few calls, computed one by one, by their numbers. */
  private ofFew(only: ReadonlySet<string>, of: (id: string) => number): ArrayLike<number> {
    const said: number[] = [];
    for (const id of only) if (this.numbers.has(id)) said[this.numbers.get(id)!] = of(id);
    return said;
  }

  private *shares(query: QueryPart[]): Steps<Float64Array> {
    const shares = new Float64Array(this.ids.length);
    for (const { shared } of query) yield* shared.add(shares);
    return shares;
  }

  private *raws(
    query: QueryPart[],
    settings: MatchingSettings,
    only?: ReadonlySet<string>,
  ): Steps<Float64Array> {
    const raw = new Float64Array(this.ids.length);
    const allowed = only && Uint8Array.from(this.ids, (id) => (id !== undefined && only.has(id) ? 1 : 0));
    for (const { collection, competences } of query) {
      const scoring = new Scoring(collection, settings, allowed);
      for (const competence of competences)
        yield* scoring.run(competence, (number, own) => {
          raw[number]! += own * own;
        });
      yield;
    }
    for (let number = 0; number < raw.length; number += 1) raw[number] = Math.sqrt(raw[number]!);
    return raw;
  }

  private queried(
    number: number,
    query: QueryPart[],
    settings: MatchingSettings,
  ): { own: QueryPart; call: QueriedCall } | null {
    const own = query.find(({ collection }) => collection.call(number));
    if (!own) return null;
    const { collection } = own;
    return {
      own,
      call: {
        number,
        reader: collection.readerOf(number),
        fieldWeights: fieldWeights(settings),
        settings,
        stemOf: (stem) => collection.stemOf(stem),
      },
    };
  }

  private match(number: number, query: QueryPart[], settings: MatchingSettings): MatchScore | null {
    const found = this.queried(number, query, settings);
    if (!found) return null;
    const { own, call } = found;
    const contributions = own.competences.flatMap((competence) => {
      const explanation = explainCompetence(competence, call);
      const { label, weight } = competence.terms;
      return explanation ? [{ ...explanation, competence: label, weight }] : [];
    });
    return contributions.every((b) => b.raw === 0) ? null : matchOf(call.reader, contributions, settings);
  }
}
