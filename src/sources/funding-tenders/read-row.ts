import { sha256 } from '../../domain/call/content-hash.js';
import { ParsedCall } from '../../domain/call/parsed-call.js';
import { whyUnread } from './answer.js';
import { parseRow } from './parse-row.js';
import { leftoverOf, rowOf } from './row.js';

/** What was made of a row: a call, or why none could be, or that it is none of today's. */
export type ReadRow = { call: ParsedCall } | { why: string } | { leftOut: { key: string; why: string } };

/** Rows kept: those of the portal several times over. */
const KEPT = 5_000;

/** Two scans read each row twice, and from one day to the next nearly all stay as they are: reading one costs the most. */
const kept = new Map<string, ReadRow>();

function read(row: unknown): ReadRow {
  try {
    const fields = rowOf(row);
    const leftOut = leftoverOf(fields);
    return leftOut ? { leftOut } : { call: ParsedCall.parse(parseRow(fields)) };
  } catch (error) {
    return { why: whyUnread(error) };
  }
}

/** Reads a row of the search's answer. Equal rows give the same object, which nobody may change. */
export function readRow(row: unknown): ReadRow {
  const key = sha256(JSON.stringify(row));
  const made = kept.get(key) ?? read(row);
  kept.delete(key);
  kept.set(key, made);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return made;
}
