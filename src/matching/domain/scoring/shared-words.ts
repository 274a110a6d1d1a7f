import { fieldWeights, idf, saturate } from '../index/bm25.js';
import type { Collection } from '../index/collection.js';
import { weightAt } from '../index/indexed-call.js';
import { KIND_SHIFT, noPosting, NUMBER_SHIFT, SMALL } from '../index/postings.js';
import type { CompetenceQuery } from './query.js';
import type { MatchingSettings } from './settings.js';
import type { Steps } from './steps.js';

/** A word of a profile, and how often each competence and all together say it. */
interface Said {
  stem: string;
  by: number[];
  all: number;
}
/** One that stands in some call. */
interface Word extends Said {
  id: number;
  idf: number;
}

/** By the list of competences: whoever looks for a profile looks again for every call that comes. */
const vocabularies = new WeakMap<readonly CompetenceQuery[], Said[]>();

function vocabularyOf(competences: readonly CompetenceQuery[]): Said[] {
  let known = vocabularies.get(competences);
  if (!known) {
    const stems = new Set(competences.flatMap((c) => [...c.terms.vocabulary.keys()]));
    known = [...stems].map((stem) => {
      const by = competences.map((c) => c.terms.vocabulary.get(stem) ?? 0);
      return { stem, by, all: by.reduce((a, b) => a + b, 0) };
    });
    vocabularies.set(competences, known);
  }
  return known;
}

/**
 * How much of a profile's vocabulary stands in calls, whichever phrases it makes there: 0 for none of it to about 1, each word as often as the profile
 * says it and by how rare it is. Generic words count nothing.
 */
export class SharedWords {
  private readonly words: Word[];
  private readonly length: number;
  private readonly fieldWeights: Float64Array;

  constructor(
    competences: readonly CompetenceQuery[],
    private readonly collection: Collection,
    private readonly settings: MatchingSettings,
  ) {
    this.words = vocabularyOf(competences).flatMap((said): Word[] => {
      const id = collection.stemOf(said.stem);
      const count = (id !== undefined && collection.posting(id)?.calls) || 0;
      const told = count === 0 ? 0 : idf({ words: 1 }, count, collection.size, settings);
      return told === 0 ? [] : [{ ...said, id: id!, idf: told }];
    });
    this.length = Math.hypot(...this.words.map((word) => word.idf * word.all));
    this.fieldWeights = fieldWeights(settings);
  }

  /** Adds what every call has of it, by the calls' numbers; a step is a word. */
  *add(to: Float64Array): Steps<void> {
    const frequency = new Float64Array(this.collection.end);
    for (const { id, idf: told, all } of this.words) {
      const { entries, length } = this.collection.posting(id) ?? noPosting;
      const value = (told * all) / this.length;
      for (let i = 0, number = -1; i < length; i += 1) {
        const entry = entries[i]!;
        number = entry >>> NUMBER_SHIFT;
        frequency[number]! += (entry & SMALL) * this.fieldWeights[(entry >>> KIND_SHIFT) & SMALL]!;
        if (i + 1 < length && entries[i + 1]! >>> NUMBER_SHIFT === number) continue;
        to[number]! += value * saturate(frequency[number]!, this.settings.k1);
        frequency[number] = 0;
      }
      yield;
    }
  }

  /** What one call has of it, by competence. */
  in(number: number): number[] {
    const reader = this.collection.read(number);
    const shares = this.words[0]?.by.map(() => 0) ?? [];
    for (const { id, idf: told, by } of this.words) {
      let frequency = 0;
      for (const place of reader.placesOf(id))
        frequency += weightAt(reader.call, place) * this.fieldWeights[reader.kindAt(place)]!;
      if (frequency === 0) continue;
      const value = (told * saturate(frequency, this.settings.k1)) / this.length;
      by.forEach((times, c) => {
        shares[c]! += times * value;
      });
    }
    return shares;
  }
}
