import {
  BEGINS_FIELD,
  firstWord,
  type IndexedCall,
  kindOfField,
  STEM_SHIFT,
  STEP,
  weightAt,
  wordsIn,
} from './indexed-call.js';
import type { CachedTerm, Hit } from './cached-term.js';
import type { AnalysedLanguage } from '../../../kernel/language.js';
import { sha256 } from '../../../kernel/hash.js';
import type { Steps } from '../../../kernel/time-slices.js';

/**
 * Layout of an entry: the call's number, the kind of field, and the stem's weight there (see `weightAt`); a
 * weight above 15 continues in a further entry.
 */
export const NUMBER_SHIFT = 8;
export const KIND_SHIFT = 4;
export const SMALL = 15;

/** The calls containing one stem, ascending by number, then by kind of field. */
export interface Posting {
  entries: Uint32Array;
  /** Entries in use. */
  length: number;
  calls: number;
}

export const noPosting: Posting = { entries: new Uint32Array(0), length: 0, calls: 0 };

/** Returns the index of the first entry that is at least `entry`, from `low` on. */
function lowerBound({ entries, length }: Posting, entry: number, low = 0, high = length): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (entries[middle]! < entry) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Like `lowerBound`, for an entry expected near `low`: a galloping search that doubles each step. */
export function nextBound(posting: Posting, entry: number, low: number): number {
  const { entries, length } = posting;
  let from = low;
  for (let step = 1; from + step < length && entries[from + step]! < entry; step *= 2) from += step;
  return lowerBound(posting, entry, from, Math.min(length, 2 * from - low + 2));
}

/** Makes room for one entry before index `at`. */
function makeRoom(posting: Posting, at: number): void {
  if (posting.length === posting.entries.length) {
    const wider = new Uint32Array(Math.max(2, Math.ceil(posting.length * 1.25) + 1));
    wider.set(posting.entries);
    posting.entries = wider;
  }
  if (at < posting.length) posting.entries.copyWithin(at + 1, at, posting.length);
  posting.length += 1;
}

function addEntry(posting: Posting, entry: number): void {
  const last = posting.length === 0 ? 0 : (posting.entries[posting.length - 1] ?? 0);
  const at = last < entry ? posting.length : lowerBound(posting, entry);
  makeRoom(posting, at);
  posting.entries[at] = entry;
}

/** The number of different weights of a word: 1 to 4. */
const WEIGHTS = 4;

/** Returns a key for each word of a call, ascending: its stem, its kind of field and its weight there. */
function stemsByKind(call: IndexedCall): Float64Array {
  const first = firstWord(call);
  const keys = new Float64Array(wordsIn(call));
  let field = -1;
  for (let i = 0; i < keys.length; i += 1) {
    const word = call[first + i] ?? 0;
    if (word & BEGINS_FIELD) field += 1;
    keys[i] = ((word >>> STEM_SHIFT) * 16 + kindOfField(call, field)) * WEIGHTS + weightAt(call, i) - 1;
  }
  // Sorting without a comparator takes a fifth of the time.
  return keys.sort();
}

/** Returns the distinct stems of a call, ascending. */
export function stemsOf(call: IndexedCall): number[] {
  const first = firstWord(call);
  const all = new Uint32Array(wordsIn(call));
  for (let i = 0; i < all.length; i += 1) all[i] = call[first + i]! >>> STEM_SHIFT;
  all.sort();
  const distinct: number[] = [];
  for (let i = 0; i < all.length; i += 1) if (i === 0 || all[i] !== all[i - 1]) distinct.push(all[i]!);
  return distinct;
}

export function addToPostings(postings: Posting[], number: number, call: IndexedCall): void {
  const keys = stemsByKind(call);
  let last = -1;
  for (let i = 0, end = 0; i < keys.length; i = end) {
    const key = Math.floor(keys[i]! / WEIGHTS);
    let counts = 0;
    while (end < keys.length && Math.floor(keys[end]! / WEIGHTS) === key)
      counts += (keys[end++]! % WEIGHTS) + 1;
    const stem = Math.floor(key / 16);
    const posting = postings[stem] ?? noPosting;
    if (stem !== last) posting.calls += 1;
    last = stem;
    for (let left = counts; left > 0; left -= SMALL)
      addEntry(posting, number * 256 + (key % 16) * 16 + Math.min(SMALL, left));
  }
}

export function removeFromPostings(postings: Posting[], number: number, call: IndexedCall): void {
  for (const stem of stemsOf(call)) {
    const posting = postings[stem] ?? noPosting;
    const from = lowerBound(posting, number * 256);
    const to = lowerBound(posting, (number + 1) * 256, from);
    posting.entries.copyWithin(from, to, posting.length);
    posting.length -= to - from;
    posting.calls -= 1;
  }
}

/** Returns the numbers of the calls with all stems in one kind of field, ascending. */
export function holdingAll(postings: Posting[]): number[] {
  const [rarest = noPosting, ...others] = [...postings].sort((a, b) => a.length - b.length);
  const lows = new Int32Array(others.length);
  const numbers: number[] = [];
  for (let i = 0, last = -1; i < rarest.length; i += 1) {
    const key = rarest.entries[i]! >>> KIND_SHIFT;
    const number = key >>> (NUMBER_SHIFT - KIND_SHIFT);
    if (number !== last && allHold(others, key, lows)) numbers.push((last = number));
  }
  return numbers;
}

/** Whether all stems occur in that kind of field of that call; `lows`: where each search starts. */
function allHold(postings: Posting[], key: number, lows: Int32Array): boolean {
  for (let o = 0; o < postings.length; o += 1) {
    const posting = postings[o]!;
    const at = (lows[o] = nextBound(posting, key * 16, lows[o]!));
    if (at === posting.length || posting.entries[at]! >>> KIND_SHIFT !== key) return false;
  }
  return true;
}

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

/** Digits of the hash of a term: none of a million has that of another. */
export const TERM_DIGITS = 32;
/** With more changes than this, terms are looked for in the archive again, which takes no longer. */
const MOST_CHANGES = 2_000;

/** In how many archived calls terms occur, as it was kept, and the calls that joined or left since. */
export class ArchivedTerms {
  private calls: ReadonlyMap<string, number> = new Map();
  private changes: { call: IndexedCall; by: 1 | -1 }[] = [];

  constructor(private readonly language: AnalysedLanguage) {}

  /** What an institute looks for is kept as hashes: it is its own. */
  hashOf({ key }: CachedTerm): string {
    return sha256(`${this.language} ${key}`).slice(0, TERM_DIGITS);
  }

  /** `calls`: by the hashes of terms. */
  take(calls: ReadonlyMap<string, number>): void {
    this.calls = calls;
    this.changes = [];
  }

  /** Notes a call that has joined the archive, or left it (`by` -1). */
  note(call: IndexedCall, by: 1 | -1): void {
    if (this.calls.size === 0) return;
    if (this.changes.length === MOST_CHANGES) return this.take(new Map());
    this.changes.push({ call: call.slice(0, firstWord(call) + wordsIn(call)), by });
  }

  /** Adds the calls of the archive to the counts of known terms; returns the terms that are not known. */
  *addTo(terms: readonly CachedTerm[], stems: number): Steps<CachedTerm[]> {
    const table = new PhraseTable(stems);
    const [known, unknown]: [CachedTerm[], CachedTerm[]] = [[], []];
    for (const term of terms) {
      const calls = this.calls.size === 0 ? undefined : this.calls.get(this.hashOf(term));
      (calls === undefined ? unknown : known).push(term);
      if (calls === undefined) continue;
      term.calls += calls;
      table.add(term);
      yield;
    }
    const holding = new Set<CachedTerm>();
    for (const { call, by } of this.changes) {
      holding.clear();
      table.read(call, (term) => holding.add(term));
      const own = new Set(stemsOf(call));
      for (const term of known)
        if (holding.has(term) || term.singles.some((stem) => own.has(stem))) term.calls += by;
      yield;
    }
    return unknown;
  }
}
