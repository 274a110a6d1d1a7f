import { Column, Entity, type EntityManager, ForeignKey, In, Index, PrimaryColumn } from 'typeorm';
import type { CallContent, Summary } from '../../calls/domain/call-content.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import type { Evidence, Findings, KnownSourceRecord, SeenCall } from '../domain/findings.js';
import { eachChunk } from './calls/call-writer.js';

/** A source's record of a call: the source's own key, and when it was seen there. */
@Entity('source_record')
@Index('source_record_call', ['callId'])
@Index('source_record_missing', ['sourceId', 'missingSince'])
@Index('source_record_reference', { synchronize: false })
@Index('source_record_grant_identifier', { synchronize: false })
export class SourceRecordEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  @PrimaryColumn('text') key: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'source_record_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt: Date;
  /** The content according to this source. */
  @Column('jsonb') content: CallContent;
  /** The same without its sections, for queries over many records. */
  @Column('jsonb', { default: {}, select: false }) summary: Summary;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  /** Whether the call has this source's content; of several sources one leads. */
  @Column('boolean', { default: true }) leads: boolean;
  /**
   * Whether it leads whenever its source shows the call: the publisher's, or else the first that showed it.
   */
  @Column('boolean', { default: true }) owns: boolean;
  @Column('text', { name: 'document_hash', nullable: true }) documentHash: string | null;
  /** When the source last had something new: showed it for the first time, or with other content. */
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  /**
   * What shows it: a harvest of the source, or only the source's own list, with a document for each topic.
   */
  @Column('text', { default: 'harvest' }) evidence: Evidence;
  /** Good runs in a row that did not show it. */
  @Column('integer', { name: 'missed_runs', default: 0 }) missedRuns: number;
  /** Set when it has been missing for so long that it is considered gone. */
  @Column('timestamptz', { name: 'gone_at', nullable: true }) goneAt: Date | null;
  /** Set when a good run no longer shows it; cleared when it is back. */
  @Column('timestamptz', { name: 'missing_since', nullable: true }) missingSince: Date | null;
}

/** A source's stored record, and the state of its call. */
export interface Known extends KnownSourceRecord {
  kind: CallContent['kind'];
  reference: string;
  leads: boolean;
  owns: boolean;
  /** When the leading source, or its own list of calls, was last read with it; null if it is this one. */
  leaderReadAt: Date | null;
  version: number;
  documentHash: string | null;
}

/** A source's current record of a call. `sourceId` defaults to the run's source. */
export interface SourceRecordWrite {
  callId: string;
  leads: boolean;
  owns: boolean;
  sourceId?: string;
  seen: SeenCall;
}

interface Run {
  source: { id: string };
  now: Date;
  calls: SeenCall[];
  evidence: Evidence;
}

/** Returns everything a source has ever shown. */
export function known(tx: EntityManager, sourceId: string): Promise<Known[]> {
  return tx.query(
    `SELECT s.key, s.evidence, s.summary->>'kind' AS kind, s.summary->>'reference' AS reference, s.call_id AS "callId", s.content_hash AS "contentHash", s.document_hash AS "documentHash", s.leads, s.owns, s.missed_runs AS "missedRuns", s.missing_since AS "missingSince",
            s.gone_at AS "goneAt", c.version, c.last_deadline_at AS "lastDeadlineAt", c.source_status AS "sourceStatus",
            coalesce(leader.gone_at IS NOT NULL, false) AS ended,
            CASE WHEN NOT s.leads THEN greatest(leader.last_seen_at, source.last_good_run_at,
              (SELECT l.read_at FROM source_list l JOIN listed_topic t USING (source_id)
                WHERE l.source_id = leader.source_id AND t.reference = leader.summary->>'reference' AND t.dropped_at IS NULL)) END AS "leaderReadAt"
       FROM source_record s JOIN call c ON c.id = s.call_id
       LEFT JOIN source_record leader ON leader.call_id = s.call_id AND leader.leads
       LEFT JOIN source ON source.id = leader.source_id
      WHERE s.source_id = $1`,
    [sourceId],
  );
}

/** Returns a source's stored content of some of its calls, by key. */
export async function contentsOf(
  tx: EntityManager,
  sourceRecords: Known[],
): Promise<Map<string, CallContent>> {
  if (!sourceRecords.length) return new Map();
  const rows: { key: string; content: CallContent }[] = await tx.query(
    'SELECT key, content FROM source_record WHERE call_id = ANY($1) AND key = ANY($2)',
    [sourceRecords.map((s) => s.callId), sourceRecords.map((s) => s.key)],
  );
  return new Map(rows.map((r) => [r.key, r.content]));
}

/** Returns the current content of calls, by id. */
export async function callContents(tx: EntityManager, callIds: string[]): Promise<Map<string, CallContent>> {
  if (!callIds.length) return new Map();
  const rows: { id: string; content: CallContent }[] = await tx.query(
    'SELECT id, content FROM call WHERE id = ANY($1)',
    [callIds],
  );
  return new Map(rows.map((r) => [r.id, r.content]));
}

/** A source whose last good run is older does not know what is shown now. */
const KNOWS_FOR = '7 days';

/** Another source's record of a call. */
interface OtherRecord {
  sourceId: string;
  owns: boolean;
  seen: SeenCall;
}

/**
 * Returns another source that shows each of these calls, by call: one that was read lately, or the call's
 * owner, which has not dropped it as far as is known.
 */
export async function othersOf(
  tx: EntityManager,
  sourceRecords: Known[],
  now: Date,
): Promise<Map<string, OtherRecord>> {
  if (!sourceRecords.length) return new Map();
  const rows: (SeenCall & { callId: string } & Omit<OtherRecord, 'seen'>)[] = await tx.query(
    `SELECT * FROM (SELECT s.call_id AS "callId", s.source_id AS "sourceId", s.owns, s.key, s.content, s.content_hash AS hash, s.document_hash AS "documentHash", s.last_seen_at AS at,
            s.last_seen_at >= source.last_good_run_at AND source.last_good_run_at > $3::timestamptz - interval '${KNOWS_FOR}' AS "isRead"
       FROM source_record s JOIN source ON source.id = s.source_id
      WHERE s.call_id = ANY($1) AND NOT (s.key = ANY($2)) AND s.gone_at IS NULL) other
      WHERE "isRead" OR owns ORDER BY "isRead", owns, at`,
    [sourceRecords.map((s) => s.callId), sourceRecords.map((s) => s.key), now],
  );
  // The last row per call wins: of those read lately its owner's, or the most recently seen.
  return new Map(
    rows.map(({ callId, sourceId, owns, key, content, hash, documentHash }) => [
      callId,
      { sourceId, owns, seen: { key, content, hash, documentHash } },
    ]),
  );
}

/** Stores sources' records of calls. Of a call's sources only the one that leads now is marked as leading. */
export async function writeSourceRecords(
  tx: EntityManager,
  writes: SourceRecordWrite[],
  { source, now, evidence }: Pick<Run, 'source' | 'now' | 'evidence'>,
): Promise<void> {
  const row = ({ callId, leads, owns, sourceId, seen }: SourceRecordWrite) => ({
    source: sourceId ?? source.id,
    key: seen.key,
    call: callId,
    leads,
    owns,
    content: seen.content,
    hash: seen.hash,
    document: seen.documentHash,
  });
  await eachChunk(writes, (some) =>
    tx.query(
      `INSERT INTO source_record (source_id, key, call_id, leads, owns, content, summary, content_hash, document_hash, evidence, last_seen_at, changed_at)
     SELECT r.source, r.key, r.call, r.leads, r.owns, r.content, r.content - 'sections', r.hash, r.document, $3, $2, $2
       FROM jsonb_to_recordset($1) AS r(source text, key text, call uuid, leads boolean, owns boolean, content jsonb, hash text, document text)
     ON CONFLICT (source_id, key) DO UPDATE SET leads = excluded.leads, owns = excluded.owns, content = excluded.content, summary = excluded.summary, content_hash = excluded.content_hash,
       document_hash = excluded.document_hash,
       changed_at = CASE WHEN source_record.content_hash = excluded.content_hash AND source_record.gone_at IS NULL THEN source_record.changed_at ELSE excluded.changed_at END`,
      [JSON.stringify(some.map(row)), now, evidence],
    ),
  );
  await alone(
    tx,
    'leads',
    writes.filter((w) => w.leads),
  );
  await alone(
    tx,
    'owns',
    writes.filter((w) => w.owns),
  );
}

/** Of all records of a call, one leads and one owns. */
async function alone(tx: EntityManager, what: 'leads' | 'owns', writes: SourceRecordWrite[]): Promise<void> {
  await tx.query(
    `UPDATE source_record SET ${what} = false WHERE ${what} AND call_id = ANY($1) AND NOT (key = ANY($2))`,
    [writes.map((w) => w.callId), writes.map((w) => w.seen.key)],
  );
}

/** Adds the document to calls stored before documents were recorded, if it shows them unchanged. */
async function noteDocuments(tx: EntityManager, { source, calls }: Run, before: Known[]): Promise<void> {
  const unnoted = new Map(before.filter((k) => k.documentHash === null).map((k) => [k.key, k.contentHash]));
  const rows = calls
    .filter((c) => c.documentHash !== null && unnoted.get(c.key) === c.hash)
    .map((c) => ({ key: c.key, document: c.documentHash }));
  if (!rows.length) return;
  await tx.query(
    'UPDATE source_record SET document_hash = r.document FROM jsonb_to_recordset($2) AS r(key text, document text) WHERE source_id = $1 AND source_record.key = r.key',
    [source.id, JSON.stringify(rows)],
  );
}

/** Records which calls were seen, which were missing, and which are gone. */
export async function recordEmbedding(
  tx: EntityManager,
  run: Run,
  before: Known[],
  found: Findings<Known>,
): Promise<void> {
  const { source, now, calls, evidence } = run;
  await noteDocuments(tx, run, before);
  await tx.query(
    'UPDATE source_record SET last_seen_at = $3, evidence = $4, missing_since = NULL, missed_runs = 0, gone_at = NULL WHERE source_id = $1 AND key = ANY($2)',
    [source.id, calls.map((c) => c.key), now, evidence],
  );
  const absent = (where: Known[]) => ({ sourceId: source.id, key: In(where.map((k) => k.key)) });
  const missing = {
    missedRuns: () => 'missed_runs + 1',
    missingSince: () => 'coalesce(missing_since, :now)',
  };
  await tx
    .createQueryBuilder()
    .update(SourceRecordEntity)
    .set(missing)
    .where(absent([...found.missing, ...found.gone.map((g) => g.known)]))
    .setParameters({ now })
    .execute();
  await tx.update(SourceRecordEntity, absent(found.gone.map((g) => g.known)), { goneAt: now });
}
