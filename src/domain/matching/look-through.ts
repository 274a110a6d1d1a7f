import { Finding, MOST_AT_ONCE, type FormFinder, type Hit } from './find.js';
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

/** So many times a call is read in one step. */
const AT_A_TIME = 200;

/** A term and the calls that may hold it, ascending. */
interface Search {
  term: Remembered;
  finder: FormFinder;
  numbers: number[];
  /** 1 for each call that holds one of the term's single words; null where it has none. */
  holds: Uint8Array | null;
}

/** The searches that each call is read for: those of call n stand in `order` (by their place in the list) from begins[n] to begins[n + 1]. */
function byCall(searches: readonly Search[], end: number): { begins: Int32Array; order: Int32Array } {
  const begins = new Int32Array(end + 2);
  for (const { numbers } of searches) for (let i = 0; i < numbers.length; i += 1) begins[numbers[i]! + 2]! += 1;
  for (let n = 2; n < begins.length; n += 1) begins[n]! += begins[n - 1]!;
  const order = new Int32Array(begins[end + 1]!);
  // What is written for call n moves its beginning on, to where that of n + 1 is kept at last.
  searches.forEach(({ numbers }, s) => { for (let i = 0; i < numbers.length; i += 1) order[begins[numbers[i]! + 1]!++] = s; });
  return { begins, order };
}

/** Looks for terms in calls. */
export class LookThrough {
  private readonly finding = new Finding();

  constructor(private readonly known: Known) {}

  /** Where a term stands in one call. */
  hitsIn(call: IndexedCall, { finder }: Remembered): Hit[] {
    return this.finding.in(call, [{ finder }], this.known.stems)[0] ?? [];
  }

  /** Notes for each of the terms, of which nothing is noted yet, where in all calls it stands. Call by call, since to read a call takes longest. */
  *all(terms: readonly Remembered[]): Steps<void> {
    const searches: Search[] = [];
    for (const term of terms) searches.push({ term, finder: term.finder, numbers: yield* this.mayHold(term), holds: this.holding(term) });
    const { begins, order } = byCall(searches, this.known.end);
    const here: Search[] = [];
    for (let number = 0, at = 0, looked = 0; number < this.known.end; number += 1) {
      for (const end = begins[number + 1]!; at < end; at += here.length) {
        here.length = Math.min(MOST_AT_ONCE, end - at);
        for (let i = 0; i < here.length; i += 1) here[i] = searches[order[at + i]!]!;
        this.lookThrough(number, here);
        looked += 1;
      }
      if (looked < AT_A_TIME) continue;
      looked = 0;
      yield;
    }
  }

  private lookThrough(number: number, searches: readonly Search[]): void {
    const found = this.finding.in(this.known.call(number)!, searches, this.known.stems);
    for (let i = 0; i < found.length; i += 1) {
      const hits = found[i]?.filter((h) => h.last > h.first) ?? [];
      if (hits.length === 0) continue;
      const { term, holds } = searches[i]!;
      term.hits.add(number, hits);
      if (!holds?.[number]) term.calls += 1;
    }
  }

  /** Counts the calls that hold one of a term's single words. */
  private holding(term: Remembered): Uint8Array | null {
    if (term.singles.length === 0) return null;
    const holds = new Uint8Array(this.known.end);
    for (const stem of term.singles) term.calls += markCalls(this.known.posting(stem) ?? noPosting, holds);
    return holds;
  }

  /** The calls in which all words of one of the phrases stand, ascending. */
  private *mayHold(term: Remembered): Steps<number[]> {
    // Most phrases are looked for in several orders of the same words.
    const sets = new Map(term.usable.filter(({ stems }) => stems.length > 1).map(({ stems }) => [[...new Set(stems)].sort((a, b) => a - b).join(' '), stems]));
    let numbers: number[] = [];
    for (const stems of sets.values()) {
      const more = holdingAll([...new Set(stems)].map((s) => this.known.posting(s) ?? noPosting));
      numbers = numbers.length === 0 ? more : united(numbers, more);
      yield;
    }
    return numbers;
  }
}

/** Numbers that stand in one of two lists or in both; all ascend. */
function united(a: readonly number[], b: readonly number[]): number[] {
  const all: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const fromA = j === b.length || (i < a.length && a[i]! <= b[j]!);
    if (!fromA || a[i] === b[j]) j += 1;
    all.push(fromA ? a[i++]! : b[j - 1]!);
  }
  return all;
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
