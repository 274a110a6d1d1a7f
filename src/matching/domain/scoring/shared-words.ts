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
  /** How often each word is used, by all competences together and by each one. */
  said: Float64Array;
  by: Float64Array[];
}

/**
 * Cached by the list of competences, which belongs to one collection: the same profile is scored again for
 * every new call.
 */
const vocabularies = new WeakMap<readonly CompetenceQuery[], Vocabulary>();

function vocabularyOf(competences: readonly CompetenceQuery[]): Vocabulary {
  let known = vocabularies.get(competences);
  if (!known) {
    const stems = [...new Set(competences.flatMap((c) => [...c.terms.vocabulary.keys()]))];
    const by = competences.map((c) => Float64Array.from(stems, (stem) => c.terms.vocabulary.get(stem) ?? 0));
    known = {
      stems,
      ids: new Int32Array(stems.length).fill(-1),
      said: Float64Array.from(stems, (_, w) => by.reduce((sum, one) => sum + one[w]!, 0)),
      by,
    };
    vocabularies.set(competences, known);
  }
  return known;
}

/**
 * How much of a profile's vocabulary occurs in calls, in whatever phrases: from 0 to about 1, each word
 * weighted by its frequency in the profile and its rarity. Generic words count 0.
 */
export class SharedWords {
  private readonly vocabulary: Vocabulary;
  /** The most each word adds to a call per use in the profile. */
  private readonly values: Float64Array;
  private readonly fieldWeights: Float64Array;

  constructor(
    competences: readonly CompetenceQuery[],
    private readonly collection: Collection,
    private readonly settings: MatchingSettings,
  ) {
    this.vocabulary = vocabularyOf(competences);
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
    const { ids, by } = this.vocabulary;
    const reader = this.collection.read(number);
    const shares = by.map(() => 0);
    for (let w = 0; w < ids.length; w += 1) {
      if (this.values[w] === 0 || !reader.has(ids[w]!)) continue;
      let frequency = 0;
      for (const place of reader.placesOf(ids[w]!))
        frequency += weightAt(reader.call, place) * this.fieldWeights[reader.kindAt(place)]!;
      const value = this.values[w]! * saturate(frequency, this.settings.k1);
      for (let c = 0; c < by.length; c += 1) shares[c]! += by[c]![w]! * value;
    }
    return shares;
  }
}
