import type { Collection, Finding } from './collection.js';
import type { Hit } from './find.js';
import type { IndexedCall } from './indexed-call.js';
import type { MatchingSettings } from './settings.js';
import type { Steps } from './steps.js';
import type { CompetenceTerms, Term } from './terms.js';
import { frequencies, rarity, saturate } from './weigh.js';

/** What one term brings to one call, before scaling. */
export interface Part {
  term: Term;
  hits: Hit[];
  value: number;
  /** How the value spreads over the fields (by index): weighted frequencies. */
  byField: Map<number, number>;
}

/** What one competence brings to one call, before scaling; an excluded one brings nothing. */
export interface CompetenceParts {
  raw: number;
  parts: Part[];
  excludedBy: { term: Term; hit: Hit } | null;
}

/** Per score: the calls to look at, and the field factors of each. */
export interface Scope {
  collection: Collection;
  settings: MatchingSettings;
  allows(number: number): boolean;
  factors(number: number): number[];
}

interface Found extends Finding {
  term: Term;
  rarity: number;
}

const isAnchor = (term: Term): boolean => term.kind === 'keyword' || term.kind === 'label';

/** The calls that hold enough of the label's words for the label to count as found. */
function holdingLabel(terms: CompetenceTerms, { collection, settings }: Scope): number[] {
  const needed = Math.ceil(settings.labelShare * terms.labelStems.length);
  const counts = new Map<number, number>();
  for (const stem of terms.labelStems) for (const n of collection.holding(stem)) counts.set(n, (counts.get(n) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= needed).map(([n]) => n);
}

/** The hits that do not lie wholly in places given to earlier terms; their places are given to this one. */
function claim(hits: Hit[], taken: Set<number>): Hit[] {
  const wordsOf = (hit: Hit): number[] => Array.from({ length: hit.last - hit.first + 1 }, (_, i) => hit.first + i);
  const free = hits.filter((hit) => !wordsOf(hit).every((w) => taken.has(w)));
  for (const hit of free) for (const w of wordsOf(hit)) taken.add(w);
  return free;
}

/** Prose are the words that sharpen a match and find none. Where there are no keywords, the label's words must find. */
const isProse = (term: Term, hasKeywords: boolean): boolean => term.kind === 'description-word' || (term.kind === 'label-word' && hasKeywords);

/** The parts from prose together bring `proseShare` of the others at the most. */
function capProse(parts: Part[], hasKeywords: boolean, share: number): Part[] {
  const sum = (of: Part[]): number => of.reduce((total, p) => total + p.value, 0);
  const prose = new Set(parts.filter((p) => isProse(p.term, hasKeywords)));
  const found = sum(parts.filter((p) => !prose.has(p)));
  const written = sum([...prose]);
  const scale = written > share * found ? (share * found) / written : 1;
  return parts.map((p) => (prose.has(p) ? { ...p, value: p.value * scale } : p)).filter((p) => p.value > 0);
}

/**
 * A place in the call counts once per competence, for the first term that stands there: the longest keyword, then the
 * label's words, then the description's. So "hydrogen" in "hydrogen storage" does not count beside "hydrogen storage".
 */
function partsIn(number: number, call: IndexedCall, found: Found[], hasKeywords: boolean, scope: Scope): Part[] {
  const taken = new Set<number>();
  const parts: Part[] = [];
  for (const { term, rarity: tells, hits } of found) {
    if (tells === 0) continue;
    const own = claim(hits(number), taken);
    if (own.length === 0) continue;
    const byField = frequencies(call, own, scope.factors(number), scope.settings);
    const frequency = [...byField.values()].reduce((a, b) => a + b, 0);
    parts.push({ term, hits: own, byField, value: term.weight * tells * saturate(frequency, scope.settings.k1) });
  }
  return capProse(parts, hasKeywords, scope.settings.proseShare);
}

/** Where each term stands, in the order of the terms. */
function* findAll(terms: Term[], slop: number, { collection, settings }: Scope): Steps<Found[]> {
  const found: Found[] = [];
  for (const term of terms) {
    const finding = collection.find(term, slop);
    found.push({ ...finding, term, rarity: rarity(term, finding.count, collection.calls.size, settings) });
    yield;
  }
  return found;
}

/** What a competence brings to each call that holds one of its keywords or its label, by the call's number; a step is one term or one call. */
export function* scoreCompetence(terms: CompetenceTerms, scope: Scope): Steps<Map<number, CompetenceParts>> {
  const { collection, settings } = scope;
  const found = yield* findAll(terms.terms.filter((t) => t.weight > 0), settings.phrase.slop, scope);
  const exclusions = yield* findAll(terms.exclusions, 0, scope);
  const hasKeywords = terms.terms.some((t) => t.kind === 'keyword');
  const anchors = found.filter((f) => isAnchor(f.term) && f.rarity > 0);
  const numbers = new Set([...anchors.flatMap((f) => [...f.calls]), ...(hasKeywords ? [] : holdingLabel(terms, scope))]);
  const result = new Map<number, CompetenceParts>();
  for (const number of numbers) {
    const call = collection.calls.get(number);
    if (!call || !scope.allows(number)) continue;
    yield;
    const excludedBy = exclusions.flatMap(({ term, hits }) => hits(number).slice(0, 1).map((hit) => ({ term, hit })))[0] ?? null;
    const parts = excludedBy ? [] : partsIn(number, call, found, hasKeywords, scope);
    const raw = terms.weight * parts.reduce((sum, p) => sum + p.value, 0);
    if (raw > 0 || excludedBy) result.set(number, { raw, parts, excludedBy });
  }
  return result;
}
