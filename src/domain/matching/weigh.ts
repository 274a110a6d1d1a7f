import type { Collection } from './collection.js';
import { fieldKinds, fieldWeight, isHeading } from './fields.js';
import type { Hit } from './find.js';
import { kindNumber, type IndexedCall } from './indexed-call.js';
import type { MatchingSettings } from './settings.js';
import type { Term } from './terms.js';

/** Below so few calls the share of calls that hold a word says nothing about the word. */
const fewCalls = 50;
/** As many calls without the term are thought to stand beside the known ones, so that a small collection knows rare words too. */
const imagined = 100;

/**
 * How much a term tells, 0 to 1: BM25's inverse document frequency (Robertson & Zaragoza 2009, 3.4), divided by that of a
 * term in no call at all, so that scores mean the same at 100 calls and at 5,000. A word in every third call tells nothing.
 */
export function rarity(term: Term, count: number, calls: number, settings: MatchingSettings): number {
  if (term.words === 1 && calls >= fewCalls && count > settings.commonWord * calls) return 0;
  const all = calls + imagined;
  const idf = (df: number): number => Math.log(1 + (all - df + 0.5) / (df + 0.5));
  return idf(count) / idf(0);
}

/** What one occurrence counts in each field of a call: the field's weight over its length, per BM25F. */
export function fieldFactors(call: IndexedCall, collection: Collection, settings: MatchingSettings): number[] {
  const byKind = fieldKinds.map((kind, k) => {
    const average = collection.averageLength(k);
    const b = isHeading(kind) ? settings.b.headings : settings.b.sections;
    const length = average === 0 ? 1 : (call.lengths[k] ?? 0) / average;
    return fieldWeight(kind, settings) / (1 - b + b * length);
  });
  return call.fields.map((field) => byKind[kindNumber(field.kind)] ?? 0);
}

/** What the hits count in each field, by the field's index: the weighted term frequencies of BM25F. */
export function frequencies(call: IndexedCall, hits: Hit[], factors: number[], settings: MatchingSettings): Map<number, number> {
  const sums = new Map<number, number>();
  for (const hit of hits) {
    const field = call.fieldOf[hit.first] ?? 0;
    const counts = (factors[field] ?? 0) * (hit.loose ? settings.phrase.slopWeight : 1);
    if (counts > 0) sums.set(field, (sums.get(field) ?? 0) + counts);
  }
  return sums;
}

/** BM25F's saturation (Robertson & Zaragoza 2009, 3.6): 0 for none, towards 1 for many. */
export const saturate = (frequency: number, k1: number): number => frequency / (k1 + frequency);
