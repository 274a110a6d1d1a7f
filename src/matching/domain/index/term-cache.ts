import type { IndexedCall } from './indexed-call.js';
import { TermScan, type Known } from './term-scan.js';
import { stemsOf } from './postings.js';
import { CachedTerm, type Whereabouts, type TermQuery } from './cached-term.js';
import type { Steps } from '../scoring/steps.js';

const mostTerms = 50_000;

/** A form to look up in each new call that contains one of its stems. */
interface Watch {
  term: CachedTerm;
  index: number;
}

function push<K>(map: Map<K, Watch[]>, key: K, watch: Watch): void {
  const known = map.get(key);
  if (known) known.push(watch);
  else map.set(key, [watch]);
}

const keyOf = ({ term, slop }: TermQuery): string => `${slop} ${term.lookup}`;

/**
 * Caches where looked-up terms occur. A new call is checked only against terms that share a stem with it:
 * finding all terms of all profiles in one call costs less than reading it.
 */
export class TermCache {
  /** Changes when the cache is cleared; earlier results are then no longer kept up to date. */
  generation = 0;
  private readonly terms = new Map<string, CachedTerm>();
  private readonly byStem = new Map<number, Watch[]>();
  private readonly awaited = new Map<string, Watch[]>();
  private readonly search: TermScan;

  constructor(private readonly known: Known) {
    this.search = new TermScan(known);
  }

  get isEmpty(): boolean {
    return this.terms.size === 0;
  }

  /** Clears the cache when it is too large: many draft profiles are tried only once. */
  makeRoom(): void {
    if (this.terms.size <= mostTerms) return;
    for (const map of [this.terms, this.byStem, this.awaited]) map.clear();
    this.generation += 1;
  }

  /** Returns where a term occurs. The result stays correct when calls are added or removed. */
  *whereabouts(termQuery: TermQuery): Steps<Whereabouts> {
    yield* this.lookFor([termQuery]);
    return this.terms.get(keyOf(termQuery))!;
  }

  /** Returns in how many calls each term occurs. Nothing is cached: a text has thousands of phrases. */
  *counts(termQueries: readonly TermQuery[]): Steps<number[]> {
    const terms: CachedTerm[] = [];
    for (const { term, slop } of termQueries) {
      const fresh = new CachedTerm(term.forms, slop);
      term.forms.forEach((_, index) => this.use({ term: fresh, index }));
      terms.push(fresh);
      yield;
    }
    yield* this.search.all(terms.filter((t) => t.usable.length > 0));
    return terms.map((t) => t.calls);
  }

  /** Looks up terms in one pass, which is many times faster than one by one. Cached terms are skipped. */
  *lookFor(termQueries: readonly TermQuery[]): Steps<void> {
    const fresh = new Map<string, CachedTerm>();
    for (const termQuery of termQueries) {
      const key = keyOf(termQuery);
      if (this.terms.has(key) || fresh.has(key)) continue;
      const term = new CachedTerm(termQuery.term.forms, termQuery.slop);
      fresh.set(key, term);
      term.forms.forEach((_, index) => this.use({ term, index }));
      yield;
    }
    if (fresh.size === 0) return;
    yield* this.search.all([...fresh.values()]);
    // Not earlier: the caller may stop between steps.
    for (const [key, term] of fresh) {
      this.terms.set(key, term);
      term.forms.forEach((_, index) => this.watch({ term, index }));
      yield;
    }
  }

  /** Handles a stem that no call has contained before. */
  newStem(stem: string, id: number): void {
    const watches = this.awaited.get(stem);
    this.awaited.delete(stem);
    for (const watch of watches ?? []) {
      this.use(watch);
      this.watch(watch, id);
    }
  }

  put(call: IndexedCall, number: number): void {
    const stems = new Set(stemsOf(call));
    const terms = this.watching(stems);
    const hits = this.search.hitsIn(call, terms);
    for (const term of terms) {
      if (!hits.has(term) && !term.singles.some((s) => stems.has(s))) continue;
      term.calls += 1;
      term.hits.add(number, hits.get(term) ?? []);
    }
  }

  remove(call: IndexedCall, number: number): void {
    const stems = new Set(stemsOf(call));
    for (const term of this.watching(stems)) {
      if (!term.hits.has(number) && !term.singles.some((s) => stems.has(s))) continue;
      term.calls -= 1;
      term.hits.remove(number);
    }
  }

  /** Activates a form if all its stems are in the collection. */
  private use({ term, index }: Watch): void {
    const form = term.forms[index];
    const stems = form?.stems.map((s) => this.known.stemOf(s) ?? -1) ?? [];
    if (form && stems.length > 0 && !stems.includes(-1)) term.use(index, { ...form, stems });
  }

  /** `rarest`: a stem that no call has contained before. */
  private watch(watch: Watch, rarest?: number): void {
    const stems = watch.term.forms[watch.index]?.stems ?? [];
    const unknown = stems.find((s) => this.known.stemOf(s) === undefined);
    if (unknown !== undefined) return push(this.awaited, unknown, watch);
    const callsOf = (stem: number): number => this.known.posting(stem)?.calls ?? 0;
    const ids = stems.map((s) => this.known.stemOf(s) ?? -1);
    if (ids.length > 0)
      push(this.byStem, rarest ?? ids.reduce((a, b) => (callsOf(b) < callsOf(a) ? b : a)), watch);
  }

  private watching(stems: Iterable<number>): Set<CachedTerm> {
    const terms = new Set<CachedTerm>();
    for (const stem of stems) for (const { term } of this.byStem.get(stem) ?? []) terms.add(term);
    return terms;
  }
}
