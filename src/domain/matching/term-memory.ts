import type { Heads, Hit } from './find.js';
import type { IndexedCall } from './indexed-call.js';
import { holdingAll, noPosting, NUMBER_SHIFT, stemsOf, type Posting } from './postings.js';
import { Remembered, type Whereabouts } from './remembered.js';
import type { Steps } from './steps.js';
import type { Term } from './terms.js';

/** What the memory needs of the collection that it belongs to. */
export interface Known {
  stemOf(stem: string): number | undefined;
  posting(stem: number): Posting | undefined;
  call(number: number): IndexedCall | undefined;
  /** Above every call's number. */
  readonly end: number;
  /** Above every stem's number. */
  readonly stems: number;
}

/** So many calls are looked through in one step. */
const AT_A_TIME = 200;
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
  /** All 0 but while a term is looked for. */
  private heads: Heads = new Uint8Array(0);

  constructor(private readonly known: Known) {}

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
    const key = `${slop} ${term.lookup}`;
    const known = this.terms.get(key);
    if (known) return known;
    const remembered = new Remembered(term.forms, slop);
    const watches = term.forms.map((_, index) => ({ term: remembered, index }));
    for (const watch of watches) this.use(watch);
    yield* this.lookThroughAll(remembered);
    // Not before: whoever asks may give up in between.
    this.terms.set(key, remembered);
    for (const watch of watches) this.watch(watch);
    return remembered;
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
      const hits = this.hitsIn(call, term);
      if (hits.length === 0) continue;
      term.calls += 1;
      term.hits.add(number, hits.filter((h) => h.last > h.first));
    }
  }

  remove(call: IndexedCall, number: number): void {
    for (const term of this.watching(call)) {
      if (this.hitsIn(call, term).length === 0) continue;
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

  private *lookThroughAll(term: Remembered): Steps<void> {
    const holds = term.singles.length === 0 ? null : new Uint8Array(this.known.end);
    if (holds) for (const stem of term.singles) term.calls += markCalls(this.known.posting(stem) ?? noPosting, holds);
    const numbers = [...new Set(yield* this.mayHold(term))];
    for (let from = 0; from < numbers.length; from += AT_A_TIME) {
      this.lookThrough(numbers.slice(from, from + AT_A_TIME), term, holds);
      yield;
    }
  }

  private lookThrough(numbers: number[], term: Remembered, holds: Uint8Array | null): void {
    this.mark(term, 1);
    for (const number of numbers) {
      const hits = term.finder.in(this.known.call(number)!, this.heads).filter((h) => h.last > h.first);
      term.hits.add(number, hits);
      if (hits.length > 0 && !holds?.[number]) term.calls += 1;
    }
    this.mark(term, 0);
  }

  private hitsIn(call: IndexedCall, term: Remembered): Hit[] {
    this.mark(term, 1);
    const hits = term.finder.in(call, this.heads);
    this.mark(term, 0);
    return hits;
  }

  private mark({ finder }: Remembered, sign: 0 | 1): void {
    if (this.heads.length < this.known.stems) this.heads = new Uint8Array(Math.ceil(this.known.stems * 1.5));
    for (const head of finder.heads) this.heads[head] = sign;
  }

  /** The calls in which all words of one of the phrases stand, ascending; some more than once. */
  private *mayHold(term: Remembered): Steps<Int32Array> {
    const numbers: number[][] = [];
    for (const { stems } of term.usable) {
      if (stems.length < 2) continue;
      numbers.push(holdingAll([...new Set(stems)].map((s) => this.known.posting(s) ?? noPosting)));
      yield;
    }
    return Int32Array.from(numbers.flat()).sort();
  }
}

/** Marks the calls that hold a stem; how many were not marked before. */
function markCalls(posting: Posting, holds: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < posting.length; i += 1) {
    const number = posting.entries[i]! >>> NUMBER_SHIFT;
    count += 1 - holds[number]!;
    holds[number] = 1;
  }
  return count;
}
