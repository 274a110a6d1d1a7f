import type { Hit } from './phrase-matcher.js';
import type { IndexedCall } from './indexed-call.js';
import { PhraseTable } from '../analysis/phrase-table.js';
import { holdingAll, noPosting, NUMBER_SHIFT, type Posting } from './postings.js';
import type { CachedTerm } from './cached-term.js';
import type { Steps } from '../scoring/steps.js';

/** The part of the collection that a term scan needs. */
export interface Known {
  stemOf(stem: string): number | undefined;
  posting(stem: number): Posting | undefined;
  call(number: number): IndexedCall | undefined;
  /** One more than the highest call number. */
  readonly end: number;
  /** One more than the highest stem number. */
  readonly stems: number;
}

/**
 * Calls read per step: in code that has not been compiled yet, the first calls take twenty times as long as
 * later ones.
 */
const AT_A_TIME = 20;
/** Up to this many terms, only calls that may contain one are read; for more, that would be nearly all. */
const FEW = 12;

/** Searches calls for terms. */
export class TermScan {
  constructor(private readonly known: Known) {}

  /** Returns the hits of phrases in one call by term, in text order; terms without a hit are left out. */
  hitsIn(call: IndexedCall, terms: Iterable<CachedTerm>): Map<CachedTerm, Hit[]> {
    const hits = new Map<CachedTerm, Hit[]>();
    const table = new PhraseTable(this.known.stems);
    for (const term of terms) table.add(term);
    table.read(call, (term, hit) => {
      const known = hits.get(term);
      if (known) known.push(hit);
      else hits.set(term, [hit]);
    });
    return hits;
  }

  /** Records all occurrences of the terms, which must have none recorded yet. */
  *all(terms: readonly CachedTerm[]): Steps<void> {
    if (terms.length === 0) return;
    const table = new PhraseTable(this.known.stems);
    for (const term of terms) {
      table.add(term);
      yield;
    }
    const may = terms.length > FEW ? null : yield* this.mayHold(terms);
    for (let number = 0, looked = 0; number < this.known.end; number += 1) {
      const call = may?.[number] === 0 ? undefined : this.known.call(number);
      if (!call) continue;
      table.read(call, (term, hit) => term.hits.add(number, [hit]));
      looked += 1;
      if (looked % AT_A_TIME === 0) yield;
    }
    const holds = new Uint8Array(this.known.end);
    for (const term of terms) {
      term.calls = this.countCalls(term, holds);
      yield;
    }
  }

  /** Returns 1 for each call that contains all words of one of the phrases. */
  private *mayHold(terms: readonly CachedTerm[]): Steps<Uint8Array> {
    const may = new Uint8Array(this.known.end);
    for (const { stems } of terms.flatMap(({ usable }) => usable)) {
      if (stems.length === 1) continue;
      for (const number of holdingAll([...new Set(stems)].map((s) => this.known.posting(s) ?? noPosting)))
        may[number] = 1;
      yield;
    }
    return may;
  }

  /** Returns the number of calls containing a term, as a word or a phrase; `holds` is an all-zero buffer. */
  private countCalls({ singles, hits }: CachedTerm, holds: Uint8Array): number {
    let count = 0;
    for (const stem of singles) count += markCalls(this.known.posting(stem) ?? noPosting, holds);
    for (let i = 0; i < hits.length; i += 1)
      if (hits.numbers[i] !== hits.numbers[i - 1] && holds[hits.numbers[i]!] === 0) count += 1;
    if (singles.length > 0) holds.fill(0);
    return count;
  }
}

/** Marks the calls containing a stem; returns how many were not marked before. */
function markCalls(posting: Posting, holds: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < posting.length; i += 1) {
    const number = posting.entries[i]! >>> NUMBER_SHIFT;
    count += 1 - holds[number]!;
    holds[number] = 1;
  }
  return count;
}
