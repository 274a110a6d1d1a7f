import { TERM_DIGITS } from './archived-terms.js';

/** What archived calls count, in the numbers of stored stems. */
export interface Counts {
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
