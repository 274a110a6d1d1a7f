import type { Hit } from '../index/phrase-matcher.js';
import { weightAt, type CallReader } from '../index/indexed-call.js';
import type { MatchingSettings } from '../scoring/settings.js';
import type { FoundTerm, CompetenceQuery } from '../scoring/query.js';
import type { Whereabouts } from '../index/cached-term.js';
import type { Term } from '../analysis/terms.js';
import { saturate } from '../index/bm25.js';

/** What one term brings to one call, before scaling. */
export interface TermContribution {
  term: Term;
  hits: Hit[];
  value: number;
  /** How the value spreads over the fields (by index): weighted frequencies. */
  byField: Map<number, number>;
}

/** What one competence brings to one call, before scaling, term by term; an excluded one brings nothing. */
export interface CompetenceExplanation {
  raw: number;
  terms: TermContribution[];
  excludedBy: { term: Term; hit: Hit } | null;
}

/** One call for which an explanation is made. */
export interface QueriedCall {
  number: number;
  reader: CallReader;
  /** What a word counts by the kind of its field. */
  fieldWeights: Float64Array;
  settings: MatchingSettings;
  stemOf: (stem: string) => number | undefined;
}

/** Every place where a term stands in the call, in the order of the text. */
function hitsIn({ singles, hits }: Whereabouts, { number, reader }: QueriedCall): Hit[] {
  const phrases = hits.length === 0 ? [] : hits.of(number);
  if (phrases.length === 0 && !singles.some((stem) => reader.has(stem))) return [];
  const words = singles.flatMap((stem) =>
    reader
      .placesOf(stem)
      .map((place): Hit => ({ first: place, last: place, loose: false, kind: reader.kindAt(place) })),
  );
  if (phrases.length === 0) return singles.length === 1 ? words : words.sort((a, b) => a.first - b.first);
  const begun = new Set(phrases.map((h) => h.first));
  return [...phrases, ...words.filter((h) => !begun.has(h.first))].sort((a, b) => a.first - b.first);
}

const standsIn = ({ singles, hits }: Whereabouts, { number, reader }: QueriedCall): boolean =>
  singles.some((stem) => reader.has(stem)) || hits.has(number);

/** The hits that do not lie wholly in places given to earlier terms; their places are given to this one. */
function claim(hits: Hit[], taken: Set<number>): Hit[] {
  const free = hits.filter((hit) => !isTaken(hit, taken));
  for (const { first, last } of free) for (let place = first; place <= last; place += 1) taken.add(place);
  return free;
}

function isTaken({ first, last }: Hit, taken: Set<number>): boolean {
  for (let place = first; place <= last; place += 1) if (!taken.has(place)) return false;
  return true;
}

/** What the hits count in each field, by the field's index: the weighted term frequencies of BM25F. */
function frequencies(hits: Hit[], { reader, fieldWeights, settings }: QueriedCall): Map<number, number> {
  const sums = new Map<number, number>();
  for (const hit of hits) {
    const field = reader.fieldOf[hit.first] ?? 0;
    const counts =
      fieldWeights[hit.kind]! *
      weightAt(reader.call, hit.first) *
      (hit.loose ? settings.phrase.slopWeight : 1);
    if (counts > 0) sums.set(field, (sums.get(field) ?? 0) + counts);
  }
  return sums;
}

/**
 * A place in the call counts once per competence, for the first term that stands there, the longest first. So
 * "hydrogen" in "hydrogen storage" does not count beside "hydrogen storage".
 */
function contributionsIn(call: QueriedCall, found: FoundTerm[]): TermContribution[] {
  const taken = new Set<number>();
  const contributions: TermContribution[] = [];
  for (const { term, idf, where } of found) {
    const own = claim(hitsIn(where, call), taken);
    if (own.length === 0) continue;
    const byField = frequencies(own, call);
    const frequency = [...byField.values()].reduce((a, b) => a + b, 0);
    contributions.push({
      term,
      hits: own,
      byField,
      value: term.weight * idf * saturate(frequency, call.settings.k1),
    });
  }
  return contributions.filter((c) => c.value > 0);
}

function isFound(competence: CompetenceQuery, call: QueriedCall): boolean {
  if (competence.isAnchoredWhere((where) => standsIn(where, call))) return true;
  if (competence.hasKeywords) return false;
  const held = competence.terms.labelStems.filter((stem) => call.reader.has(call.stemOf(stem) ?? -1));
  return held.length > 0 && held.length >= competence.labelWordsNeeded;
}

/** The first exclusion of a competence that stands in the call. */
export const exclusionIn = (
  competence: CompetenceQuery,
  call: QueriedCall,
): CompetenceExplanation['excludedBy'] =>
  competence.exclusions().flatMap(({ term, where }) =>
    hitsIn(where, call)
      .slice(0, 1)
      .map((hit) => ({ term, hit })),
  )[0] ?? null;

/**
 * What a competence brings to one call, with where each of its terms stands there; null where nothing of it
 * does.
 */
export function explainCompetence(
  competence: CompetenceQuery,
  call: QueriedCall,
): CompetenceExplanation | null {
  if (!isFound(competence, call)) return null;
  const excludedBy = exclusionIn(competence, call);
  const terms = excludedBy ? [] : contributionsIn(call, competence.found());
  const raw = competence.terms.weight * terms.reduce((sum, t) => sum + t.value, 0);
  return raw > 0 || excludedBy ? { raw, terms, excludedBy } : null;
}
