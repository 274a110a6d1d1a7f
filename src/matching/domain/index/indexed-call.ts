import { fieldKinds, headings, isHeading, type FieldKind } from './fields.js';
import type { TokenisedField } from './tokenised-call.js';
import type { Token } from '../analysis/tokenise.js';

/**
 * A call's words of meaning, field after field, in one array, since there are many calls: how many words, how
 * many fields, how many words of headings, one number a field, one number a word, then four to a number the
 * bytes that say where each word stands in its text. It is read through the functions of this file and
 * `CallReader`.
 */
export type IndexedCall = Int32Array;

const kindNumber = (kind: FieldKind): number => fieldKinds.indexOf(kind);

/**
 * A word: its stem's number, whether it begins a field, whether it is linked to the word before it, how many
 * positions after that it stands.
 */
export const STEM_SHIFT = 8;
export const BEGINS_FIELD = 128;
export const LINKED = 64;
/** No phrase stretches as far as the greatest step that is told apart. */
export const STEP = 63;

const HEAD = 3;
const KIND_BITS = 4;

export const wordsIn = (call: IndexedCall): number => call[0] ?? 0;
/** Where the words begin in the array. */
export const firstWord = (call: IndexedCall): number => HEAD + (call[1] ?? 0);
/** What a word counts that counts in full: not more than fits into the postings (see WEIGHTS there). */
export const FULL = 4;
/**
 * The words of sections up to which one counts so much: what a call is about stands at its beginning, what it
 * also mentions further down.
 */
const BEGINNINGS: readonly [words: number, weight: number][] = [
  [40, FULL],
  [120, 3],
  [300, 2],
];
const FURTHER_DOWN = 1;

/**
 * What the word at a place counts, in whole numbers up to FULL: of a heading in full, of a section the less
 * the further down it stands.
 */
export function weightAt(call: IndexedCall, place: number): number {
  const below = place - (call[2] ?? 0);
  for (const [words, weight] of BEGINNINGS) if (below < words) return weight;
  return FURTHER_DOWN;
}

/** The kind (by its number) of field `field`. */
export const kindOfField = (call: IndexedCall, field: number): number =>
  (call[HEAD + field] ?? 0) & ((1 << KIND_BITS) - 1);

/** The name of a heading, or `sections.N`. */
export function fieldName(call: IndexedCall, field: number): string {
  const kind = fieldKinds[kindOfField(call, field)] ?? 'other';
  return (headings as readonly string[]).includes(kind)
    ? kind
    : `sections.${(call[HEAD + field] ?? 0) >> KIND_BITS}`;
}

/** A number in as few bytes as it needs, seven bits in each. */
function pushNumber(bytes: number[], number: number): void {
  let left = number;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  bytes.push(left);
}

/** Half a byte holds a number below this; with it the rest follows. */
const HALF_FULL = 15;

/** How far a word is from the one before and how long it is: nearly always one byte. */
function pushPlace(bytes: number[], gap: number, length: number): void {
  bytes.push((Math.min(gap, HALF_FULL) << 4) | Math.min(length, HALF_FULL));
  if (gap >= HALF_FULL) pushNumber(bytes, gap - HALF_FULL);
  if (length >= HALF_FULL) pushNumber(bytes, length - HALF_FULL);
}

function pushField(
  tokens: Token[],
  words: number[],
  bytes: number[],
  stemId: (stem: string) => number,
): void {
  let end = 0;
  let position = 0;
  tokens.forEach((token, i) => {
    const step = i === 0 ? STEP : Math.min(STEP, token.position - position);
    words.push(
      (stemId(token.stem) << STEM_SHIFT) | (i === 0 ? BEGINS_FIELD : 0) | (token.linked ? LINKED : 0) | step,
    );
    pushPlace(bytes, token.start - end, token.end - token.start);
    ({ end, position } = token);
  });
}

/**
 * Puts a call's fields together; `stemId` numbers the stems. A field without a word of meaning is left out.
 */
export function indexCall(
  tokenised: readonly TokenisedField[],
  stemId: (stem: string) => number,
): IndexedCall {
  const fields: number[] = [];
  const words: number[] = [];
  const bytes: number[] = [];
  let inHeadings = 0;
  for (const { name, kind, tokens } of tokenised) {
    if (tokens.length === 0) continue;
    if (isHeading(kind)) inHeadings += tokens.length;
    fields.push((Number(name.split('.')[1] ?? 0) << KIND_BITS) | kindNumber(kind));
    pushField(tokens, words, bytes, stemId);
  }
  const from = HEAD + fields.length + words.length;
  const indexed = new Int32Array(from + Math.ceil(bytes.length / 4));
  indexed.set([words.length, fields.length, inHeadings, ...fields]);
  indexed.set(words, HEAD + fields.length);
  new Uint8Array(indexed.buffer).set(bytes, from * 4);
  return indexed;
}

/** One call, read word by word: what its reasons are made of. */
export class CallReader {
  /** Entry i of each is about word i: the index of its field, and where it stands in that field's text. */
  readonly fieldOf: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /**
   * Words by their stem, in as many rows as the mask has numbers: the first of each row and the next after
   * each word, counted from 1.
   */
  private readonly rows: Int32Array;
  private readonly next: Int32Array;
  private readonly mask: number;

  constructor(readonly call: IndexedCall) {
    const count = wordsIn(call);
    this.fieldOf = new Uint16Array(count);
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
    this.next = new Int32Array(count);
    this.mask = 2 ** Math.ceil(Math.log2(count + 1)) - 1;
    this.rows = new Int32Array(this.mask + 1);
    this.readPlaces();
    this.readStems();
  }

  /** The words with that stem, ascending. */
  placesOf(stem: number): number[] {
    const first = firstWord(this.call);
    const places: number[] = [];
    for (let at = this.rows[stem & this.mask]!; at !== 0; at = this.next[at - 1]!) {
      if (this.call[first + at - 1]! >>> STEM_SHIFT === stem) places.push(at - 1);
    }
    return places;
  }

  has(stem: number): boolean {
    const first = firstWord(this.call);
    let at = this.rows[stem & this.mask]!;
    while (at !== 0 && this.call[first + at - 1]! >>> STEM_SHIFT !== stem) at = this.next[at - 1]!;
    return at !== 0;
  }

  kindAt(place: number): number {
    return kindOfField(this.call, this.fieldOf[place] ?? 0);
  }

  nameAt(place: number): string {
    return fieldName(this.call, this.fieldOf[place] ?? 0);
  }

  private readPlaces(): void {
    const { call } = this;
    const count = wordsIn(call);
    const first = firstWord(call);
    const bytes = new Uint8Array(call.buffer, (first + count) * 4);
    let at = 0;
    const more = (half: number): number => {
      let number = half;
      if (half < HALF_FULL) return number;
      for (let scale = 1; ; scale *= 128) {
        const byte = bytes[at++] ?? 0;
        number += (byte & 127) * scale;
        if (byte < 128) return number;
      }
    };
    let field = -1;
    let end = 0;
    for (let i = 0; i < count; i += 1) {
      const word = call[first + i] ?? 0;
      if (word & BEGINS_FIELD) [field, end] = [field + 1, 0];
      this.fieldOf[i] = field;
      const place = bytes[at++]!;
      this.starts[i] = end + more(place >> 4);
      this.ends[i] = end = this.starts[i]! + more(place & HALF_FULL);
    }
  }

  /** From the last word to the first, so that each row ascends. */
  private readStems(): void {
    const first = firstWord(this.call);
    for (let i = this.next.length - 1; i >= 0; i -= 1) {
      const row = (this.call[first + i]! >>> STEM_SHIFT) & this.mask;
      this.next[i] = this.rows[row]!;
      this.rows[row] = i + 1;
    }
  }
}
