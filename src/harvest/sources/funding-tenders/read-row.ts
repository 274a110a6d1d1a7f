import { sha256, ParsedCall } from '../../../calls/domain/index.js';
import type { ParsedNote } from '../../domain/list.js';
import { NOTE_TYPE, noteRow, notesInRow } from './notes.js';
import { whyUnread } from './answer.js';
import { parseRow } from './parse-row.js';
import { Fields, leftoverOf, rowOf } from './row.js';

/**
 * What was made of a row: a call with the notes on it, a note alone, why neither could be, or that it is none
 * of today's.
 */
export type ReadRow =
  | { call: ParsedCall; notes: ParsedNote[] }
  | { notes: ParsedNote[] }
  | { why: string }
  | { leftOut: { key: string; why: string } };

/** Rows kept: those of the portal several times over. */
const KEPT = 5_000;

/**
 * Two scans read each row twice, and from one day to the next nearly all stay as they are: reading one costs
 * the most.
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

/** Reads a row of the search's answer. Equal rows give the same object, which nobody may change. */
export function readRow(row: unknown): ReadRow {
  const key = sha256(JSON.stringify(row));
  const made = kept.get(key) ?? read(row);
  kept.delete(key);
  kept.set(key, made);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return made;
}
