import { In, type EntityManager } from 'typeorm';
import type { CallContent } from '../../domain/call/call-content.js';
import type { Findings, KnownSighting, SeenCall } from '../../domain/source/findings.js';
import { SightingEntity } from '../entities/sighting.entity.js';

/** A source's call as it stands in the store, and how its call does. */
export interface Known extends KnownSighting {
  leads: boolean;
  version: number;
  /** No source shows its call any more. */
  ended: boolean;
}

/** What a source says of a call now. `sourceId` is the run's own where it is not given. */
export interface SightingWrite { callId: string; leads: boolean; sourceId?: string; seen: SeenCall }

interface Run { source: { id: string }; whole: boolean; now: Date; calls: SeenCall[] }

/** All that a source ever showed. */
export function known(tx: EntityManager, sourceId: string): Promise<Known[]> {
  return tx.query(
    `SELECT s.key, s.call_id AS "callId", s.content_hash AS "contentHash", s.leads, s.missed_runs AS "missedRuns", s.missing_since AS "missingSince",
            s.gone_at AS "goneAt", c.version, c.last_deadline_at AS "lastDeadlineAt", c.source_status AS "sourceStatus",
            s.gone_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sighting o WHERE o.call_id = s.call_id AND o.gone_at IS NULL) AS ended
       FROM sighting s JOIN call c ON c.id = s.call_id WHERE s.source_id = $1`,
    [sourceId],
  );
}

/** What a source said of some of its calls up to now, and the document that shows it, by key. */
export async function contentsOf(tx: EntityManager, sightings: Known[]): Promise<Map<string, { content: CallContent; documentHash: string | null }>> {
  if (!sightings.length) return new Map();
  const rows: { key: string; content: CallContent; documentHash: string | null }[] = await tx.query(
    'SELECT key, content, document_hash AS "documentHash" FROM sighting WHERE call_id = ANY($1) AND key = ANY($2)',
    [sightings.map((s) => s.callId), sightings.map((s) => s.key)],
  );
  return new Map(rows.map((r) => [r.key, r]));
}

/** Another source that still shows each of these calls, by call. */
export async function othersOf(tx: EntityManager, sightings: Known[]): Promise<Map<string, { sourceId: string; seen: SeenCall }>> {
  if (!sightings.length) return new Map();
  const rows = await tx.createQueryBuilder(SightingEntity, 's')
    .where('s.call_id = ANY(:ids) AND NOT (s.key = ANY(:keys)) AND s.gone_at IS NULL', { ids: sightings.map((s) => s.callId), keys: sightings.map((s) => s.key) })
    // The one that was seen longest ago comes first, so that the freshest is the one that stays in the map.
    .orderBy('s.last_seen_at', 'ASC').getMany();
  return new Map(rows.map((r) => [r.callId, { sourceId: r.sourceId, seen: { key: r.key, content: r.content, hash: r.contentHash, documentHash: r.documentHash } }]));
}

/** Keeps what sources say of calls. Of the sources of a call the one that leads now leads alone. */
export async function writeSightings(tx: EntityManager, writes: SightingWrite[], { source, now }: Run): Promise<void> {
  const row = ({ callId, leads, sourceId, seen }: SightingWrite) => ({
    source: sourceId ?? source.id, key: seen.key, call: callId, leads, content: seen.content, hash: seen.hash, document: seen.documentHash,
  });
  for (let i = 0; i < writes.length; i += 500) {
    await tx.query(
      `INSERT INTO sighting (source_id, key, call_id, leads, content, content_hash, document_hash, last_seen_at)
       SELECT r.source, r.key, r.call, r.leads, r.content, r.hash, r.document, $2
         FROM jsonb_to_recordset($1) AS r(source text, key text, call uuid, leads boolean, content jsonb, hash text, document text)
       ON CONFLICT (source_id, key) DO UPDATE SET leads = excluded.leads, content = excluded.content, content_hash = excluded.content_hash,
         document_hash = excluded.document_hash`,
      [JSON.stringify(writes.slice(i, i + 500).map(row)), now],
    );
  }
  const leading = writes.filter((w) => w.leads);
  await tx.query(
    'UPDATE sighting SET leads = false WHERE leads AND call_id = ANY($1) AND NOT (key = ANY($2))', [leading.map((w) => w.callId), leading.map((w) => w.seen.key)],
  );
}

/** Notes who was seen, who was not, and who is gone. */
export async function recordSight(tx: EntityManager, { source, now, calls }: Run, found: Findings<Known>): Promise<void> {
  await tx.query(
    'UPDATE sighting SET last_seen_at = $3, missing_since = NULL, missed_runs = 0, gone_at = NULL WHERE source_id = $1 AND key = ANY($2)',
    [source.id, calls.map((c) => c.key), now],
  );
  const absent = (where: Known[]) => ({ sourceId: source.id, key: In(where.map((k) => k.key)) });
  const missing = { missedRuns: () => 'missed_runs + 1', missingSince: () => 'coalesce(missing_since, :now)' };
  await tx.createQueryBuilder().update(SightingEntity).set(missing).where(absent([...found.missing, ...found.gone.map((g) => g.known)])).setParameters({ now }).execute();
  await tx.update(SightingEntity, absent(found.gone.map((g) => g.known)), { goneAt: now });
}
