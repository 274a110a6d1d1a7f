import type { EntityManager } from 'typeorm';
import type { EventEntity } from './event.entity.js';
import { EVENT_LOCK } from '../../platform/database/locks.js';

type NewEvent = Pick<EventEntity, 'key' | 'kind'> &
  Partial<Pick<EventEntity, 'callId' | 'version' | 'profileId' | 'about' | 'byCall' | 'inside'>>;

/**
 * Writes events in the transaction that caused them, as its last statement: until it commits nobody else can
 * write one. Known events are skipped.
 */
export async function writeEvents(tx: EntityManager, events: NewEvent[], at: Date): Promise<void> {
  if (!events.length) return;
  const rows = events.map((e) => ({
    key: e.key,
    kind: e.kind,
    call: e.callId ?? null,
    version: e.version ?? null,
    profile: e.profileId ?? null,
    about: e.about ?? null,
    by_call: e.byCall ?? false,
    inside: e.inside ?? null,
  }));
  await tx.query('SELECT pg_advisory_xact_lock($1)', [EVENT_LOCK]);
  await tx.query(
    `INSERT INTO event (key, seq, kind, call_id, version, profile_id, about, by_call, inside, at)
     SELECT r.key, nextval('event_seq'), r.kind, r.call, r.version, r.profile, r.about, r.by_call, r.inside, $2
       FROM jsonb_to_recordset($1) AS r(key text, kind text, call uuid, version int, profile text, about uuid, by_call boolean, inside boolean)
      WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.key = r.key)`,
    [JSON.stringify(rows), at],
  );
}
