import type { AnalysedLanguage } from '../../../kernel/language.js';
import type { Bag } from '../semantic/pieces.js';
import { firstWord, type IndexedCall, STEM_SHIFT, wordsIn } from './indexed-call.js';
import { TERM_DIGITS } from './postings.js';

/**
 * The version of how a call's text is analysed: of the reading into words, their stems, phrases and places. A
 * higher one makes every process analyse all stored calls again.
 */
export const ANALYSIS = 2;

/** What scoring needs of a call's text: reading it takes most of the time that adding a call takes. */
export interface AnalysedCall {
  language: AnalysedLanguage;
  /** In the numbers of the matcher's index. */
  words: IndexedCall;
  /** See `WrittenForms`. */
  joints: Int32Array;
  bag: Bag;
}

/** The same as it is stored; its words are numbers of stored stems. */
export interface StoredAnalysis {
  language: AnalysedLanguage;
  stems: number[];
  /** The words in their order, without their places in the text. */
  words: Buffer;
  /** The places, the joints and the bag. */
  rest: Buffer;
}

/** The lower bits of a word: whether it begins a field, its link and its step. */
const LOW = (1 << STEM_SHIFT) - 1;

/** Appends a number in as few bytes as possible, seven bits each. */
function pushNumber(bytes: number[], number: number): void {
  let left = number;
  for (; left > 127; left >>>= 7) bytes.push((left & 127) | 128);
  bytes.push(left);
}

const bytesOf = (numbers: Int32Array | Float32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

/** `numberOf`: the stored number of a stem, by its number in the index. */
export function encodeAnalysis(
  { language, words: call, joints, bag }: AnalysedCall,
  numberOf: (stem: number) => number,
): StoredAnalysis {
  const first = firstWord(call);
  const end = first + wordsIn(call);
  const bytes: number[] = [];
  const stems = new Set<number>();
  for (let i = 0; i < first; i += 1) pushNumber(bytes, call[i]!);
  for (let i = first; i < end; i += 1) {
    const stem = numberOf(call[i]! >>> STEM_SHIFT);
    stems.add(stem);
    pushNumber(bytes, stem);
    bytes.push(call[i]! & LOW);
  }
  const places = call.subarray(end);
  const sizes = Int32Array.of(places.length, joints.length, bag.ids.length);
  return {
    language,
    stems: [...stems],
    words: Buffer.from(bytes),
    rest: Buffer.concat([sizes, places, joints, bag.ids, bag.weights].map(bytesOf)),
  };
}

/**
 * Returns the words of a stored call. `stemOf`: the number of a stem in the index, by its stored number;
 * `buffer`: returns an array of at least that many numbers.
 */
export function decodeWords(
  bytes: Uint8Array,
  stemOf: ArrayLike<number>,
  buffer: (numbers: number) => IndexedCall = (numbers) => new Int32Array(numbers),
): IndexedCall {
  let at = 0;
  const next = (): number => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      number |= (byte & 127) << shift;
      if (byte < 128) return number;
    }
  };
  const [words, fields, inHeadings] = [next(), next(), next()];
  const call = buffer(3 + fields + words);
  call.set([words, fields, inHeadings]);
  for (let i = 0; i < fields; i += 1) call[3 + i] = next();
  for (let i = 3 + fields, end = i + words; i < end; i += 1)
    call[i] = (stemOf[next()]! << STEM_SHIFT) | bytes[at++]!;
  return call;
}

export function decodeAnalysis(
  { language, words, rest }: Omit<StoredAnalysis, 'stems'>,
  stemOf: ArrayLike<number>,
): AnalysedCall {
  // Copied, because it may start at an odd offset in the driver's buffer.
  const numbers = new Int32Array(Uint8Array.from(rest).buffer);
  const [places, joints] = [numbers[0]!, numbers[1]!];
  const call = decodeWords(words, stemOf, (numbers) => new Int32Array(numbers + places));
  call.set(numbers.subarray(3, 3 + places), call.length - places);
  return {
    language,
    words: call,
    joints: numbers.slice(3 + places, 3 + places + joints),
    bag: bagIn(numbers),
  };
}

/** Returns the bag of a stored call alone. */
export const decodeBag = (rest: Buffer): Bag => bagIn(new Int32Array(Uint8Array.from(rest).buffer));

function bagIn(numbers: Int32Array): Bag {
  const features = numbers[2]!;
  const from = 3 + numbers[0]! + numbers[1]!;
  return {
    ids: numbers.slice(from, from + features),
    weights: new Float32Array(numbers.buffer, 4 * (from + features), features).slice(),
  };
}

/** What archived calls count, in the numbers of stored stems. */
interface Counts {
  /** The position of the version that was counted, by the id of its call. */
  calls: Map<string, string>;
  stems: Int32Array;
  /** The same for terms, by their hashes. */
  terms: ReadonlyMap<string, number>;
}

interface StoredCounts {
  calls: Buffer;
  stems: Buffer;
  terms: Buffer;
}

/** An id as PostgreSQL writes it, and the position. */
const ID_BYTES = 36;
const CALL_BYTES = ID_BYTES + 8;
/** A hash and the count. */
const TERM_BYTES = TERM_DIGITS + 4;

export function encodeCounts({
  calls,
  stems,
  terms,
}: Readonly<Omit<Counts, 'calls'>> & { calls: ReadonlyMap<string, string> }): StoredCounts {
  const [ofCalls, ofTerms] = [Buffer.alloc(calls.size * CALL_BYTES), Buffer.alloc(terms.size * TERM_BYTES)];
  let at = 0;
  for (const [id, seq] of calls) {
    ofCalls.write(id, at, 'latin1');
    ofCalls.writeBigInt64LE(BigInt(seq), at + ID_BYTES);
    at += CALL_BYTES;
  }
  at = 0;
  for (const [hash, count] of terms) {
    ofTerms.write(hash, at, 'latin1');
    ofTerms.writeInt32LE(count, at + TERM_DIGITS);
    at += TERM_BYTES;
  }
  return { calls: ofCalls, stems: Buffer.from(stems.buffer), terms: ofTerms };
}

export function decodeCounts(stored: StoredCounts): Counts {
  const [calls, terms] = [new Map<string, string>(), new Map<string, number>()];
  for (let at = 0; at < stored.calls.length; at += CALL_BYTES)
    calls.set(
      stored.calls.toString('latin1', at, at + ID_BYTES),
      `${stored.calls.readBigInt64LE(at + ID_BYTES)}`,
    );
  for (let at = 0; at < stored.terms.length; at += TERM_BYTES)
    terms.set(
      stored.terms.toString('latin1', at, at + TERM_DIGITS),
      stored.terms.readInt32LE(at + TERM_DIGITS),
    );
  // Copied, because it may start at an odd offset in the driver's buffer.
  return { calls, stems: new Int32Array(Uint8Array.from(stored.stems).buffer), terms };
}
