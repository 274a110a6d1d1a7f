import type { Collection } from './collection.js';
import { fieldKinds, fieldWeight, isHeading } from './fields.js';
import type { MatchingSettings } from '../scoring/settings.js';
import type { Term } from '../analysis/terms.js';

/** Below so few calls the share of calls that hold a word says nothing about the word. */
const fewCalls = 50;
/** As many calls without the term are thought to stand beside the known ones, so that a small collection knows rare words too. */
const imagined = 100;

/**
 * How much a term tells, 0 to 1: BM25's inverse document frequency (Robertson & Zaragoza 2009, 3.4), divided by that of a
 * term in no call at all, so that scores mean the same at 100 calls and at 5,000. A word in every third call tells nothing.
 */
export function idf(term: Term, count: number, calls: number, settings: MatchingSettings): number {
  if (term.words === 1 && calls >= fewCalls && count > settings.commonWord * calls) return 0;
  const all = calls + imagined;
  const idf = (df: number): number => Math.log(1 + (all - df + 0.5) / (df + 0.5));
  return idf(count) / idf(0);
}

/** What one occurrence counts in each kind of field of each call: the field's weight over its length, per BM25F. */
export class Factors {
  private readonly weights = new Float64Array(fieldKinds.length);
  /** What a field counts for its length is base + slope × length. */
  private readonly bases = new Float64Array(fieldKinds.length);
  private readonly slopes = new Float64Array(fieldKinds.length);
  private readonly lengths: Int32Array;

  constructor(collection: Collection, settings: MatchingSettings) {
    this.lengths = collection.lengths;
    fieldKinds.forEach((kind, k) => {
      const average = collection.averageLength(k);
      const b = isHeading(kind) ? settings.b.headings : settings.b.sections;
      this.weights[k] = fieldWeight(kind, settings);
      this.bases[k] = average === 0 ? 1 : 1 - b;
      this.slopes[k] = average === 0 ? 0 : b / average;
    });
  }

  of(number: number, kind: number): number {
    return (
      this.weights[kind]! /
      (this.bases[kind]! + this.slopes[kind]! * this.lengths[number * fieldKinds.length + kind]!)
    );
  }
}

/** BM25F's saturation (Robertson & Zaragoza 2009, 3.6): 0 for none, towards 1 for many. */
export const saturate = (frequency: number, k1: number): number => frequency / (k1 + frequency);
