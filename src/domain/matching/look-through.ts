import type { Heads, Hit } from './find.js';
import type { IndexedCall } from './indexed-call.js';
import { holdingAll, noPosting, NUMBER_SHIFT, type Posting } from './postings.js';
import type { Remembered } from './remembered.js';
import type { Steps } from './steps.js';

/** What is needed of the collection in which terms are looked for. */
export interface Known {
  stemOf(stem: string): number | undefined;
  posting(stem: number): Posting | undefined;
  call(number: number): IndexedCall | undefined;
  /** Above every call's number. */
  readonly end: number;
  /** Above every stem's number. */
  readonly stems: number;
}

/** Calls whose words stay near the processor while one term after the other is looked for in them: to fetch them takes longer than to read them. */
const NEAR = 256;
/** So many times a call is looked through in one step. */
const AT_A_TIME = 200;

/** A term, the calls that may hold it, and which of them were looked through. */
interface Search {
  term: Remembered;
  numbers: Int32Array;
  at: number;
  /** 1 for each call that holds one of the term's single words; null where it has none. */
  holds: Uint8Array | null;
}

/** Looks for terms in calls. */
export class LookThrough {
  /** All 0 but while a term is looked for. */
  private heads: Heads = new Uint8Array(0);

  constructor(private readonly known: Known) {}

  /** Where a term stands in one call. */
  hitsIn(call: IndexedCall, term: Remembered): Hit[] {
    this.mark(term, 1);
    const hits = term.finder.in(call, this.heads);
    this.mark(term, 0);
    return hits;
  }

  /** Notes for each of the terms, of which nothing is noted yet, where in all calls it stands. */
  *all(terms: readonly Remembered[]): Steps<void> {
    const searches: Search[] = [];
    for (const term of terms) searches.push({ term, numbers: yield* this.mayHold(term), at: 0, holds: this.holding(term) });
    let looked = 0;
    for (let end = NEAR; end < this.known.end + NEAR; end += NEAR) {
      for (const search of searches) {
        looked += this.lookThrough(search, end);
        if (looked < AT_A_TIME) continue;
        looked = 0;
        yield;
      }
    }
  }

  /** Looks through the calls below `end`; gives how many they were. */
  private lookThrough(search: Search, end: number): number {
    const { term, numbers, holds, at: from } = search;
    if (from === numbers.length || numbers[from]! >= end) return 0;
    this.mark(term, 1);
    for (; search.at < numbers.length && numbers[search.at]! < end; search.at += 1) {
      const number = numbers[search.at]!;
      const hits = term.finder.in(this.known.call(number)!, this.heads).filter((h) => h.last > h.first);
      if (hits.length === 0) continue;
      term.hits.add(number, hits);
      if (!holds?.[number]) term.calls += 1;
    }
    this.mark(term, 0);
    return search.at - from;
  }

  private mark({ finder }: Remembered, sign: 0 | 1): void {
    if (this.heads.length < this.known.stems) this.heads = new Uint8Array(Math.ceil(this.known.stems * 1.5));
    for (const head of finder.heads) this.heads[head] = sign;
  }

  /** Counts the calls that hold one of a term's single words. */
  private holding(term: Remembered): Uint8Array | null {
    if (term.singles.length === 0) return null;
    const holds = new Uint8Array(this.known.end);
    for (const stem of term.singles) term.calls += markCalls(this.known.posting(stem) ?? noPosting, holds);
    return holds;
  }

  /** The calls in which all words of one of the phrases stand, ascending. */
  private *mayHold(term: Remembered): Steps<Int32Array> {
    // Most phrases are looked for in several orders of the same words.
    const sets = new Map(term.usable.filter(({ stems }) => stems.length > 1).map(({ stems }) => [[...new Set(stems)].sort((a, b) => a - b).join(' '), stems]));
    const found: number[][] = [];
    for (const stems of sets.values()) {
      found.push(holdingAll([...new Set(stems)].map((s) => this.known.posting(s) ?? noPosting)));
      yield;
    }
    return found.length === 1 ? Int32Array.from(found[0]!) : Int32Array.from(found.flat()).sort().filter((number, i, all) => number !== all[i - 1]);
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
