import type { AnalysedLanguage } from '../../../kernel/language.js';
import {
  type Field,
  type FieldKind,
  fieldKinds,
  fieldsOf,
  headings,
  isHeading,
  type MatchableCall,
} from './fields.js';
import { type Token, tokenise } from '../analysis/tokenise.js';

export interface TokenisedField extends Field {
  tokens: Token[];
}

/** A call with its meaningful words, split once for both the index and the meaning. */
export interface TokenisedCall {
  language: AnalysedLanguage;
  fields: TokenisedField[];
}

/** Splits a call into words; it is stemmed as English unless its language is French. */
export function tokeniseCall(call: MatchableCall): TokenisedCall {
  const language = call.language.toLowerCase() === 'fr' ? 'fr' : 'en';
  return {
    language,
    fields: fieldsOf(call).map((field) => ({ ...field, tokens: tokenise(field.text, language) })),
  };
}

/**
 * A call's meaningful words, field by field, in one array to save memory: the number of words, of fields and
 * of words in headings; one number per field; one number per word; then the bytes with each word's place in
 * its text, packed four to a number. Read it through the functions of this file and `CallReader`.
 */
export type IndexedCall = Int32Array;

const kindNumber = (kind: FieldKind): number => fieldKinds.indexOf(kind);

/**
 * Layout of a word: its stem's number, whether it starts a field, whether it is linked to the previous word,
 * and its distance from it in positions.
 */
export const STEM_SHIFT = 8;
export const BEGINS_FIELD = 128;
export const LINKED = 64;
/** The largest distance stored; it exceeds the reach of any phrase. */
export const STEP = 63;

const HEAD = 3;
const KIND_BITS = 4;

export const wordsIn = (call: IndexedCall): number => call[0] ?? 0;
/** Returns the index of the first word in the array. */
export const firstWord = (call: IndexedCall): number => HEAD + (call[1] ?? 0);
/** Full weight of a word; limited by what fits into the postings (see WEIGHTS there). */
export const FULL = 4;
/**
 * Weights by position in the sections: up to this many words, each counts this much. A call states its
 * subject at the beginning; what it merely mentions comes further down.
 */
const BEGINNINGS: readonly [words: number, weight: number][] = [
  [40, FULL],
  [120, 3],
  [300, 2],
];
const FURTHER_DOWN = 1;

/**
 * Returns the weight of the word at a place, a whole number up to FULL: full in headings, and less the
 * further down it is in the sections.
 */
export function weightAt(call: IndexedCall, place: number): number {
  const below = place - (call[2] ?? 0);
  for (const [words, weight] of BEGINNINGS) if (below < words) return weight;
  return FURTHER_DOWN;
}

/** Returns the kind (its number) of field `field`. */
export const kindOfField = (call: IndexedCall, field: number): number =>
  (call[HEAD + field] ?? 0) & ((1 << KIND_BITS) - 1);

/** Returns the name of a heading, or `sections.N`. */
export function fieldName(call: IndexedCall, field: number): string {
  const kind = fieldKinds[kindOfField(call, field)] ?? 'other';
  return (headings as readonly string[]).includes(kind)
    ? kind
    : `sections.${(call[HEAD + field] ?? 0) >> KIND_BITS}`;
}

/** Appends a number in as few bytes as possible, seven bits each. */
function pushNumber(bytes: number[], number: number): void {
  let left = number;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  bytes.push(left);
}

/** A half-byte holds numbers below this; this value means that the rest follows. */
const HALF_FULL = 15;

/** Appends a word's distance from the previous one and its length: nearly always one byte. */
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

/** Builds an indexed call; `stemId` numbers the stems. Fields without meaningful words are left out. */
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

/** Word-by-word access to a call, for explaining its score. */
export class CallReader {
  /** Entry i is about word i: the index of its field, and its offsets in that field's text. */
  readonly fieldOf: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /**
   * Hash table of the words by stem, with chains: the first word of each row and the next after each word,
   * counted from 1.
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

  /** Returns the places of that stem, ascending. */
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

  /** From last to first, so that each row ascends. */
  private readStems(): void {
    const first = firstWord(this.call);
    for (let i = this.next.length - 1; i >= 0; i -= 1) {
      const row = (this.call[first + i]! >>> STEM_SHIFT) & this.mask;
      this.next[i] = this.rows[row]!;
      this.rows[row] = i + 1;
    }
  }
}
