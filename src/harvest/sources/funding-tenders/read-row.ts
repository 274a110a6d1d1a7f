import { sha256 } from '../../../kernel/hash.js';
import { ParsedCall } from '../../../calls/domain/parsed-call.js';
import type { ParsedNote } from '../../domain/list.js';
import { NOTE_TYPE, noteRow, notesInRow } from './notes.js';
import { Fields, leftoverOf, rowOf, whyUnread } from '../_kit/portal/row.js';
import { parseRow } from './parse-row.js';

/**
 * The result of reading a row: a call with its notes, a note alone, why neither could be read, or that the
 * row is no current call.
 */
export type ReadRow =
  | { call: ParsedCall; notes: ParsedNote[] }
  | { notes: ParsedNote[] }
  | { why: string }
  | { leftOut: { key: string; why: string } };

/** The number of rows cached: several times those of the portal. */
const KEPT = 5_000;

/**
 * A cache: two scans read each row twice, nearly all rows stay the same from day to day, and parsing is the
 * most expensive step.
 */
const kept = new Map<string, ReadRow>();

function read(row: unknown): ReadRow {
  try {
    const named = rowOf(row);
    const leftOut = leftoverOf(named);
    if (leftOut) return { leftOut };
    const fields = new Fields(named.metadata);
    if (fields.first('type') !== NOTE_TYPE)
      return { call: ParsedCall.parse(parseRow(named)), notes: notesInRow(fields) };
    const note = noteRow(named);
    return { notes: note ? [note] : [] };
  } catch (error) {
    return { why: whyUnread(error) };
  }
}

/** Reads a row of the search's answer. Equal rows return the same object, which must not be modified. */
export function readRow(row: unknown): ReadRow {
  const key = sha256(JSON.stringify(row));
  const made = kept.get(key) ?? read(row);
  kept.delete(key);
  kept.set(key, made);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return made;
}
