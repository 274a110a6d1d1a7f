import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { FollowKind } from '../domain/content/message.js';
import { RecipientEntity } from './recipient.entity.js';

/**
 * `contact`: the profile names them as its contact; `institute`: they are one of its people; `own`: they
 * chose it.
 */
export type FollowOrigin = 'contact' | 'institute' | 'own';

/** What a recipient follows. */
@Entity('follow')
@Index('follow_target', ['kind', 'target'])
export class FollowEntity {
  @ForeignKey(() => RecipientEntity, 'id', { name: 'follow_recipient_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'recipient_id' })
  recipientId: string;
  @PrimaryColumn('text') kind: FollowKind;
  /** The profile's id, the group's, the call's, the saved search's. */
  @PrimaryColumn('text') target: string;
  @Column('text') origin: FollowOrigin;
  @Column('timestamptz') since: Date;
  /** What stood in the portal up to this place in the order of versions is never told as new. */
  @Column('bigint', { name: 'baseline_seq' }) baselineSeq: string;
  /** When the first message was written that tells the best there is; null while it is to come. */
  @Column('timestamptz', { name: 'welcomed_at', nullable: true }) welcomedAt: Date | null;
  /** Set where they do not want it although they are a contact, or it is a default. */
  @Column('timestamptz', { name: 'left_at', nullable: true }) leftAt: Date | null;
}
