import { Column, DataSource, Entity, type EntityManager, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import type { Change, ChangeKind, EventKind } from '../domain/versions/diff.js';
import { CallEntity } from './call.entity.js';
import { EVENT_LOCK } from '../../platform/database/locks.js';

/**
 * Something people may be notified of, written in the transaction in which it happens; rows are only ever
 * added.
 */
@Entity('event')
@Index('event_profile', ['profileId'])
@Index('event_seq_key', ['seq'], { unique: true })
@Index('event_call', ['callId'])
class EventEntity {
  /**
   * The unique key: `match/<profile>/<call>/<step>`, `shared-match/<profile>/<call>/<step>`, `call/<call>`,
   * `change/<call>/<version>`, `answer/<proposal>/<instant>`, `source/<alarm>`, `partners/<call>/<instant>`,
   * `questions/<call>/<instant>`.
   */
  @PrimaryColumn('text') key: string;
  /** The order of events is that of their commits: a reader who has seen up to N has all of N. */
  @Column('bigint') seq: string;
  @Column('text') kind: EventKind;
  @ForeignKey(() => CallEntity, 'id', { name: 'event_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id', nullable: true })
  callId: string | null;
  @Column('integer', { nullable: true }) version: number | null;
  @ForeignKey('ProfileEntity', 'id', { name: 'event_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  /** The proposal, or the alarm. */
  @Column('uuid', { nullable: true }) about: string | null;
  /** For a match: caused by the call's current content, not by a change of the profile. */
  @Column('boolean', { name: 'by_call', default: false }) byCall: boolean;
  /** For a match: for the institute's own people only, or for everybody else only. Null for any reader. */
  @Column('boolean', { nullable: true }) inside: boolean | null;
  @Column('timestamptz') at: Date;
}

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

/** The log of all call events. */
@Injectable()
export class EventLog {
  constructor(private readonly database: DataSource) {}

  /** Returns when, what, and the call's reference at its source, in the order of discovery. */
  all(): Promise<{ at: Date; kinds: ChangeKind[]; reference: string }[]> {
    return this.database.query(
      `SELECT seen_at AS at, kinds, content->>'reference' AS reference FROM call_version WHERE kinds <> '{}' ORDER BY seq`,
    );
  }

  /** Returns what changed in the calls of one source, in the order of discovery. */
  ofSource(sourceId: string): Promise<{ at: Date; changes: Change[]; reference: string; title: string }[]> {
    return this.database.query(
      `SELECT seen_at AS at, changes, content->>'reference' AS reference, content->>'title' AS title FROM call_version WHERE kinds <> '{}' AND source_id = $1 ORDER BY seq`,
      [sourceId],
    );
  }
}
