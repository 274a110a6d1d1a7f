import type { IndexedCall } from './indexed-call.js';
import { LookThrough, type Known } from './look-through.js';
import { stemsOf } from './postings.js';
import { Remembered, type Whereabouts } from './remembered.js';
import type { Steps } from './steps.js';
import type { Term } from './terms.js';

const mostTerms = 50_000;

/** A form that is looked for in a new call which holds one of its stems. */
interface Watch {
  term: Remembered;
  index: number;
}

function push<K>(map: Map<K, Watch[]>, key: K, watch: Watch): void {
  const known = map.get(key);
  if (known) known.push(watch);
  else map.set(key, [watch]);
}

const keyOf = (term: Term, slop: number): string => `${slop} ${term.lookup}`;

/**
 * Remembers where the terms stand that were looked for. A new call is held against those alone of which it holds a stem: looking for
 * all terms of all profiles in one call costs less than reading it.
 */
export class TermMemory {
  /** Changes when all is forgotten; what was given out before is then no longer kept up to date. */
  generation = 0;
  private readonly terms = new Map<string, Remembered>();
  private readonly byStem = new Map<number, Watch[]>();
  private readonly awaited = new Map<string, Watch[]>();
  private readonly search: LookThrough;

  constructor(private readonly known: Known) {
    this.search = new LookThrough(known);
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

  /** Where a term stands; `slop` foreign words may stand in a phrase. It stays true when calls come and go. */
  *whereabouts(term: Term, slop: number): Steps<Whereabouts> {
    yield* this.lookFor([term], slop);
    return this.terms.get(keyOf(term, slop))!;
  }

  /** Looks for terms, all in one go: to do so one by one takes twice the time. Those that were looked for before are known. */
  *lookFor(terms: readonly Term[], slop: number): Steps<void> {
    const fresh = new Map<string, Remembered>();
    for (const term of terms) if (!this.terms.has(keyOf(term, slop))) fresh.set(keyOf(term, slop), new Remembered(term.forms, slop));
    if (fresh.size === 0) return;
    const watchesOf = (term: Remembered): Watch[] => term.forms.map((_, index) => ({ term, index }));
    for (const term of fresh.values()) for (const watch of watchesOf(term)) this.use(watch);
    yield* this.search.all([...fresh.values()]);
    // Not before: whoever asks may give up in between.
    for (const [key, term] of fresh) {
      this.terms.set(key, term);
      for (const watch of watchesOf(term)) this.watch(watch);
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
    for (const term of this.watching(call)) {
      const hits = this.search.hitsIn(call, term);
      if (hits.length === 0) continue;
      term.calls += 1;
      term.hits.add(number, hits.filter((h) => h.last > h.first));
    }
  }

  remove(call: IndexedCall, number: number): void {
    for (const term of this.watching(call)) {
      if (this.search.hitsIn(call, term).length === 0) continue;
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
    if (ids.length > 0) push(this.byStem, rarest ?? ids.reduce((a, b) => (callsOf(b) < callsOf(a) ? b : a)), watch);
  }

  private watching(call: IndexedCall): Set<Remembered> {
    const terms = new Set<Remembered>();
    for (const stem of stemsOf(call)) for (const { term } of this.byStem.get(stem) ?? []) terms.add(term);
    return terms;
  }
}
