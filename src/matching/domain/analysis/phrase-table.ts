import type { Hit } from '../index/phrase-matcher.js';
import {
  BEGINS_FIELD,
  firstWord,
  kindOfField,
  STEM_SHIFT,
  STEP,
  wordsIn,
  type IndexedCall,
} from '../index/indexed-call.js';
import type { CachedTerm } from '../index/cached-term.js';

/** No step from a word to the next is as long. */
const FARTHEST = 255;
/** Of so many bits of a mixed pair nearly all are 0: what is not there is mostly seen without the map. */
const BITS = 16;
const mixed = (first: number, second: number): number =>
  (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)) >>> (32 - BITS);

/**
 * The phrases of some terms by their first two words. However many they are, a call is read once for all of
 * them: nearly all pairs of neighbours in a text begin no phrase.
 */
export class PhraseTable {
  /** By stem: how far the second word may be of a phrase that it begins; 0 where it begins none. */
  private readonly reaches: Uint8Array;
  /** 1 where the mixed first two words of a phrase fall. */
  private readonly marks = new Uint8Array(2 ** BITS);
  private readonly terms = new Map<number, CachedTerm[]>();

  /** `stems`: above every stem's number. */
  constructor(private readonly stems: number) {
    this.reaches = new Uint8Array(stems);
  }

  /** Takes a term's phrases in. */
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

  /** Tells every place of each term's phrases in a call: of one term they ascend. */
  read(call: IndexedCall, tell: (term: CachedTerm, hit: Hit) => void): void {
    const from = firstWord(call);
    const end = from + wordsIn(call);
    for (let entry = from, field = -1; entry < end; entry += 1) {
      const word = call[entry]!;
      if (word & BEGINS_FIELD) field += 1;
      const reach = this.reaches[word >>> STEM_SHIFT]!;
      if (reach === 0) continue;
      const begun = this.begunAt(call, entry, end, reach);
      // Mostly none: a loop over an empty list would take longer than all else.
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

  /** The terms of which a phrase may begin at an entry: its second word is near enough. */
  private begunAt(call: IndexedCall, entry: number, end: number, reach: number): CachedTerm[] | null {
    const first = call[entry]! >>> STEM_SHIFT;
    let begun: CachedTerm[] | null = null;
    let distance = 0;
    for (let next = entry + 1; next < end; next += 1) {
      const word = call[next]!;
      distance += word & STEP;
      // Two words may have to stand side by side, whatever mark is between.
      if (word & BEGINS_FIELD || (distance > reach && next > entry + 1)) break;
      const second = word >>> STEM_SHIFT;
      const terms =
        this.marks[mixed(first, second)] === 1 ? this.terms.get(first * this.stems + second) : undefined;
      if (terms) begun = begun ? [...new Set([...begun, ...terms])] : terms;
    }
    return begun;
  }
}
