import { fieldWeights, idf, saturate } from '../index/bm25.js';
import type { Collection } from '../index/collection.js';
import { weightAt } from '../index/indexed-call.js';
import { KIND_SHIFT, noPosting, NUMBER_SHIFT, SMALL, type Posting } from '../index/postings.js';
import type { CompetenceQuery } from './query.js';
import type { MatchingSettings } from './settings.js';
import type { Steps } from './steps.js';

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
export class SharedWords {
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
