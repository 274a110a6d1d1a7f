import type { Hit, Whereabouts } from '../index/cached-term.js';
import { type CallReader, fieldName, weightAt } from '../index/indexed-call.js';
import type { MatchingSettings } from '../scoring/settings.js';
import { type CompetenceQuery, type FoundTerm, saturate } from '../scoring/query.js';
import type { Term } from '../analysis/terms.js';
import type { CompetenceScore, Evidence, MatchScore } from '../scoring/match.js';

/** The contribution of one term to one call, before scaling. */
interface TermContribution {
  term: Term;
  hits: Hit[];
  value: number;
  /** How the value is split among the fields (by index): weighted frequencies. */
  byField: Map<number, number>;
}

/** A competence's contribution to one call by term, before scaling; none if an exclusion applies. */
interface CompetenceExplanation {
  raw: number;
  terms: TermContribution[];
  excludedBy: { term: Term; hit: Hit } | null;
}

/** The call being explained. */
export interface QueriedCall {
  number: number;
  reader: CallReader;
  /** The weight of a word, by the kind of its field. */
  fieldWeights: Float64Array;
  settings: MatchingSettings;
  stemOf: (stem: string) => number | undefined;
}

/** Returns every place of a term in the call, in text order. */
function hitsIn({ singles, hits }: Whereabouts, { number, reader }: QueriedCall): Hit[] {
  const phrases = hits.length === 0 ? [] : hits.inCall(number);
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

/** Returns the hits not entirely inside places claimed by earlier terms, and claims their places. */
function claim(hits: Hit[], taken: Set<number>): Hit[] {
  const free = hits.filter((hit) => !isTaken(hit, taken));
  for (const { first, last } of free) for (let place = first; place <= last; place += 1) taken.add(place);
  return free;
}

function isTaken({ first, last }: Hit, taken: Set<number>): boolean {
  for (let place = first; place <= last; place += 1) if (!taken.has(place)) return false;
  return true;
}

/** Returns the weighted term frequencies of BM25F, by field index. */
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
 * A place in the call counts once per competence, for the first term found there, longest first: "hydrogen"
 * in "hydrogen storage" does not count in addition to "hydrogen storage".
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

/** Returns a competence's first exclusion found in the call. */
export const exclusionIn = (
  competence: CompetenceQuery,
  call: QueriedCall,
): CompetenceExplanation['excludedBy'] =>
  competence.exclusions().flatMap(({ term, where }) =>
    hitsIn(where, call)
      .slice(0, 1)
      .map((hit) => ({ term, hit })),
  )[0] ?? null;

/** Returns a competence's contribution to one call, with the places of its terms; null if none. */
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

/** Maximum number of places reported per term and field; further ones count but are not shown. */
export const mostSpans = 20;

interface CompetenceContribution extends CompetenceExplanation {
  competence: string;
}

export const placeOf = (call: CallReader, hit: Hit) => ({
  field: call.nameAt(hit.first),
  start: call.starts[hit.first] ?? 0,
  end: call.ends[hit.last] ?? 0,
});

/** Returns a term's evidence, one piece per field; its value is split by weighted frequency. */
function pieces(
  call: CallReader,
  competence: string,
  { term, hits, value, byField }: TermContribution,
  scale: number,
): Evidence[] {
  const all = [...byField.values()].reduce((a, b) => a + b, 0);
  return [...byField].map(([field, frequency]) => ({
    competence,
    term: term.text,
    field: fieldName(call.call, field),
    spans: hits
      .filter((hit) => call.fieldOf[hit.first] === field)
      .slice(0, mostSpans)
      .map((hit) => placeOf(call, hit))
      .map(({ start, end }) => ({ start, end })),
    contribution: value * scale * (frequency / all),
  }));
}

/**
 * Returns the share of each competence: a call's raw score is the length of the vector of its competences'
 * scores, so that another competence adds to it but many weak ones do not pile up.
 */
function shares(raws: number[]): number[] {
  const length = Math.hypot(...raws);
  return raws.map((raw) => (length === 0 ? 0 : raw / length));
}

/**
 * Returns the points, 0 to 100, of a raw score: raw^p / (raw^p + saturation^p) × 100, where p is the
 * steepness. A greater raw score gives more points.
 */
export const pointsOf = (
  raw: number,
  { saturation, steepness }: Pick<MatchingSettings, 'saturation' | 'steepness'>,
): number => 100 / (1 + (saturation / raw) ** steepness);

/** Returns the raw score that gives this many points. */
export const rawOf = (
  points: number,
  { saturation, steepness }: Pick<MatchingSettings, 'saturation' | 'steepness'>,
): number => (points <= 0 ? 0 : saturation / Math.max(0, 100 / points - 1) ** (1 / steepness));

/**
 * Returns a profile's match with one call: its competences' contributions, combined and scaled to 0..100; all
 * are scaled alike, so that they sum to the score.
 */
export function matchOf(
  call: CallReader,
  contributions: (CompetenceContribution & { weight: number })[],
  settings: MatchingSettings,
): MatchScore {
  const counts = shares(contributions.map((b) => b.raw));
  const raw = contributions.reduce((sum, b, i) => sum + b.raw * (counts[i] ?? 0), 0);
  const points = raw === 0 ? 0 : pointsOf(raw, settings) / raw;
  const competences = contributions.map(({ competence, raw: own, excludedBy }, i): CompetenceScore => ({
    competence,
    score: own * (counts[i] ?? 0) * points,
    excludedBy: excludedBy && { term: excludedBy.term.text, ...placeOf(call, excludedBy.hit) },
  }));
  const evidence = contributions.flatMap((b, i) =>
    b.terms.flatMap((term) => pieces(call, b.competence, term, b.weight * (counts[i] ?? 0) * points)),
  );
  return {
    score: raw * points,
    competences: competences.sort((a, b) => b.score - a.score),
    evidence: evidence.filter((e) => e.contribution > 0).sort((a, b) => b.contribution - a.contribution),
  };
}
