import {
  BEGINS_FIELD,
  firstWord,
  type IndexedCall,
  kindOfField,
  STEM_SHIFT,
  weightAt,
  wordsIn,
} from './indexed-call.js';

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
