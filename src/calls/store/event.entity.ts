import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { EventKind } from '../domain/versions/notifiable-events.js';
import { CallEntity } from './call.entity.js';

/**
 * Something people may be notified of, written in the transaction in which it happens; rows are only ever
 * added.
 */
@Entity('event')
@Index('event_profile', ['profileId'])
@Index('event_seq_key', ['seq'], { unique: true })
@Index('event_call', ['callId'])
export class EventEntity {
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
