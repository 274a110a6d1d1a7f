import type { IndexedCall } from './indexed-call.js';
import { TermScan, type Known } from './term-scan.js';
import { stemsOf } from './postings.js';
import { CachedTerm, type Whereabouts, type TermQuery } from './cached-term.js';
import type { Steps } from '../scoring/steps.js';

const mostTerms = 50_000;

/** A form that is looked for in a new call which holds one of its stems. */
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
 * Remembers where the terms stand that were looked for. A new call is held against those alone of which it
 * holds a stem: looking for all terms of all profiles in one call costs less than reading it.
 */
export class TermCache {
  /** Changes when all is forgotten; what was given out before is then no longer kept up to date. */
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

  /** Forgets all where it has become too much: many drafts of profiles are tried out once. */
  makeRoom(): void {
    if (this.terms.size <= mostTerms) return;
    for (const map of [this.terms, this.byStem, this.awaited]) map.clear();
    this.generation += 1;
  }

  /** Where a term stands. It stays true when calls come and go. */
  *whereabouts(termQuery: TermQuery): Steps<Whereabouts> {
    yield* this.lookFor([termQuery]);
    return this.terms.get(keyOf(termQuery))!;
  }

  /**
   * Looks for terms, all in one go: to do so one by one takes many times as long. Those that were looked for
   * before are known.
   */
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
    // Not before: whoever asks may give up in between.
    for (const [key, term] of fresh) {
      this.terms.set(key, term);
      term.forms.forEach((_, index) => this.watch({ term, index }));
      yield;
    }
  }

  /** A stem that no call held before. */
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

  /** Has a form looked for if all of its stems stand in the collection. */
  private use({ term, index }: Watch): void {
    const form = term.forms[index];
    const stems = form?.stems.map((s) => this.known.stemOf(s) ?? -1) ?? [];
    if (form && stems.length > 0 && !stems.includes(-1)) term.use(index, { ...form, stems });
  }

  /** `rarest`: the stem that no call held until now. */
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
