import type { Hit } from '../index/phrase-matcher.js';
import {
  BEGINS_FIELD,
  firstWord,
  type IndexedCall,
  kindOfField,
  STEM_SHIFT,
  STEP,
  wordsIn,
} from '../index/indexed-call.js';
import type { CachedTerm } from '../index/cached-term.js';

/** Longer than any step from one word to the next. */
const FARTHEST = 255;
/** Bits of a mixed pair. Nearly all entries stay 0, so most misses need no map lookup. */
const BITS = 16;
const mixed = (first: number, second: number): number =>
  (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)) >>> (32 - BITS);

/**
 * The phrases of some terms, by their first two words. A call is read once for all of them, however many:
 * nearly all pairs of adjacent words in a text start no phrase.
 */
export class PhraseTable {
  /** By stem: the maximum distance to the second word of a phrase starting here; 0 if none starts here. */
  private readonly reaches: Uint8Array;
  /** 1 at the mixed first two words of each phrase. */
  private readonly marks = new Uint8Array(2 ** BITS);
  private readonly terms = new Map<number, CachedTerm[]>();

  /** `stems`: one more than the highest stem number. */
  constructor(private readonly stems: number) {
    this.reaches = new Uint8Array(stems);
  }

  add(term: CachedTerm): void {
    for (const { first, second, reach } of term.finder.beginnings) {
      this.reaches[first] = Math.max(this.reaches[first]!, Math.min(reach, FARTHEST));
      this.marks[mixed(first, second)] = 1;
      const key = first * this.stems + second;
      const known = this.terms.get(key);
      if (!known) this.terms.set(key, [term]);
      else if (known.at(-1) !== term) known.push(term);
    }
  }

  /** Reports every place of each term's phrases in a call, ascending per term. */
  read(call: IndexedCall, tell: (term: CachedTerm, hit: Hit) => void): void {
    const from = firstWord(call);
    const end = from + wordsIn(call);
    for (let entry = from, field = -1; entry < end; entry += 1) {
      const word = call[entry]!;
      if (word & BEGINS_FIELD) field += 1;
      const reach = this.reaches[word >>> STEM_SHIFT]!;
      if (reach === 0) continue;
      const begun = this.begunAt(call, entry, end, reach);
      // Nearly always null: looping over an empty list would cost more than everything else.
      if (begun === null) continue;
      for (const term of begun) {
        const place = term.finder.at(call, entry, end);
        if (place && place.last > entry)
          tell(term, {
            first: entry - from,
            last: place.last - from,
            loose: place.loose,
            kind: kindOfField(call, field),
          });
      }
    }
  }

  /** Returns the terms with a phrase that may start at an entry, its second word being near enough. */
  private begunAt(call: IndexedCall, entry: number, end: number, reach: number): CachedTerm[] | null {
    const first = call[entry]! >>> STEM_SHIFT;
    let begun: CachedTerm[] | null = null;
    let distance = 0;
    for (let next = entry + 1; next < end; next += 1) {
      const word = call[next]!;
      distance += word & STEP;
      // Two words may have to be adjacent, whatever mark is between them.
      if (word & BEGINS_FIELD || (distance > reach && next > entry + 1)) break;
      const second = word >>> STEM_SHIFT;
      const terms =
        this.marks[mixed(first, second)] === 1 ? this.terms.get(first * this.stems + second) : undefined;
      if (terms) begun = begun ? [...new Set([...begun, ...terms])] : terms;
    }
    return begun;
  }
}
