import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { FollowKind } from '../domain/content/message.js';
import { RecipientEntity } from './recipient.entity.js';

/** `contact`: the profile names them as a contact; `institute`: one of its people; `own`: their choice. */
export type FollowOrigin = 'contact' | 'institute' | 'own';

/** A subscription of a recipient. */
@Entity('follow')
@Index('follow_target', ['kind', 'target'])
export class FollowEntity {
  @ForeignKey(() => RecipientEntity, 'id', { name: 'follow_recipient_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'recipient_id' })
  recipientId: string;
  @PrimaryColumn('text') kind: FollowKind;
  /** The id of the profile, group, call or saved search. */
  @PrimaryColumn('text') target: string;
  @Column('text') origin: FollowOrigin;
  @Column('timestamptz') since: Date;
  /** Versions up to this sequence number are never announced as new. */
  @Column('bigint', { name: 'baseline_seq' }) baselineSeq: string;
  /** When the first message, with the best calls, was written; null while it is pending. */
  @Column('timestamptz', { name: 'welcomed_at', nullable: true }) welcomedAt: Date | null;
  /** Set if they opted out, although they are a contact or it is a default. */
  @Column('timestamptz', { name: 'left_at', nullable: true }) leftAt: Date | null;
}
