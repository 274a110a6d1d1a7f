import type { EntityManager } from 'typeorm';
import { sha256 } from '../../../kernel/hash.js';
import { noticeWith } from '../../../calls/domain/versions/official-note.js';
import type { ParsedNote } from '../../domain/list.js';
import type { CallWrite } from './call-writer.js';

/** A note as read by a run. */
export interface SeenNote {
  note: ParsedNote;
  documentHash: string | null;
}

interface Run {
  source: { id: string };
  now: Date;
  notes: SeenNote[];
}

/** A note not seen before, with the current version of its call. */
interface NewNote {
  callId: string;
  version: number;
  withdrawnAt: Date | null;
  day: string;
  text: string;
  documentHash: string | null;
  isNews: boolean;
}

/**
 * Returns the day from which a source's notes are read: that of the first run able to show any, whether or
 * not it did.
 */
async function notesFrom(tx: EntityManager, { source, now }: Run): Promise<string> {
  await tx.query(
    `UPDATE source SET notes_from = ($2::timestamptz AT TIME ZONE 'Europe/Brussels')::date WHERE id = $1 AND notes_from IS NULL`,
    [source.id, now],
  );
  const rows: { from: string }[] = await tx.query(
    'SELECT notes_from::text AS from FROM source WHERE id = $1',
    [source.id],
  );
  return rows[0]!.from;
}

/**
 * Stores new notes, and returns those that are news: later than the day on which their call was first seen,
 * and than the day from which the source's notes are read.
 */
async function newNotes(tx: EntityManager, { source, now, notes }: Run, from: string): Promise<NewNote[]> {
  const rows = notes.map(({ note, documentHash }) => ({
    identifier: note.identifier.toLowerCase(),
    day: note.day,
    text: note.text,
    hash: sha256(note.text),
    document: documentHash,
  }));
  return tx.query(
    `WITH told AS (SELECT DISTINCT ON (r.identifier, r.day, r.hash) r.* FROM jsonb_to_recordset($1) AS r(identifier text, day date, text text, hash text, document text)),
          fresh AS (
       INSERT INTO call_note (call_id, day, hash, text, source_id, first_seen_at)
       SELECT DISTINCT ON (s.call_id, told.day, told.hash) s.call_id, told.day, told.hash, told.text, $2, $3
         FROM told JOIN source_record s ON s.source_id = $2 AND lower(s.content->>'identifier') = told.identifier AND s.content->>'kind' = 'grant' AND s.leads
       ON CONFLICT DO NOTHING RETURNING call_id, day, hash, text)
     SELECT c.id AS "callId", c.version, c.withdrawn_at AS "withdrawnAt", fresh.day::text AS day, fresh.text,
            (SELECT document FROM told WHERE told.day = fresh.day AND told.hash = fresh.hash LIMIT 1) AS "documentHash",
            fresh.day > greatest((c.first_seen_at AT TIME ZONE 'Europe/Brussels')::date, $4::date) AS "isNews"
       FROM fresh JOIN call c ON c.id = fresh.call_id ORDER BY fresh.call_id, fresh.day, fresh.hash`,
    [JSON.stringify(rows), source.id, now, from],
  );
}

/**
 * Returns the versions of a run, with its new notes. A note on a call that changes in the same run is added
 * to that change's version, as its reason; otherwise it is a version of its own with unchanged content.
 */
export async function withNotes(tx: EntityManager, writes: CallWrite[], run: Run): Promise<CallWrite[]> {
  const from = await notesFrom(tx, run);
  if (!run.notes.length) return writes;
  const byCall = new Map(writes.map((w) => [w.callId, w]));
  for (const note of (await newNotes(tx, run, from)).filter((n) => n.isNews)) {
    const { callId, version, withdrawnAt, documentHash } = note;
    const write = byCall.get(callId) ?? {
      callId,
      version: version + 1,
      seen: null,
      changes: [],
      withdrawnAt,
      documentHash,
    };
    byCall.set(callId, {
      ...write,
      changes: [...write.changes, noticeWith({ day: note.day, text: note.text }, write.changes)],
    });
  }
  return [...byCall.values()];
}
