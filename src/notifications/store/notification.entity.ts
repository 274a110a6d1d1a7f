import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { DeliveryState } from '../../outbox/domain/delivery-state.js';

export interface NotificationItem {
  callId: string;
  version: number;
  matchId: string | null;
  score: number | null;
  title: string;
}
/** A delivery attempt: `answer` is what the other side said, or why there was no answer. */
export interface Try {
  at: string;
  ok: boolean;
  answer: string;
}

/** A message as written: a row of the outbox. It is immutable and sent once. */
@Entity('notification')
@Index('notification_resend_of', ['resendOf'])
@Index('notification_resent_by', ['resentById'])
@Index('notification_replaced_by', ['replacedBy'])
@Index('notification_given_up', ['givenUpAt'], { where: 'given_up_at IS NOT NULL' })
@Index('notification_sent', ['sentAt'])
@Index('notification_profile', ['profileId'])
@Index('notification_key', ['key'], { unique: true })
@Index('notification_waiting', ['state'], { where: "state IN ('pending', 'sending')" })
@Index('notification_recipient', ['recipientId', 'createdAt'])
export class NotificationEntity {
  @PrimaryColumn('uuid') id: string;
  /** Its unique key: recipient and occasion. */
  @Column('text') key: string;
  @Column('text') kind: 'first' | 'digest' | 'urgent';
  @Column('uuid', { name: 'recipient_id' }) recipientId: string;
  @Column('text') channel: string;
  /** The institute that may see it; null for the network's own people. */
  @ForeignKey(() => ProfileEntity, 'id', { name: 'notification_profile_id_fkey' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('text') address: string;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text') subject: string;
  @Column('text') text: string;
  @Column('text', { nullable: true }) html: string | null;
  /** What is posted to a web address, byte for byte. */
  @Column('text', { nullable: true }) payload: string | null;
  @Column('text', { name: 'unsubscribe_url' }) unsubscribeUrl: string;
  /** The Message-ID or webhook-id: the same at each try. */
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column('text', { array: true, default: '{}' }) threads: string[];
  @Column('jsonb') items: NotificationItem[];
  /** How many matching items had no room; they wait for the next message. */
  @Column('integer') more: number;
  @Column('text') state: DeliveryState;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) error: string | null;
  /** The last tries, oldest first. */
  @Column('jsonb', { default: [] }) tries: Try[];
  /** The original of a copy sent by hand. */
  @ForeignKey(() => NotificationEntity, 'id', { name: 'notification_resend_of_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'resend_of', nullable: true })
  resendOf: string | null;
  /** Who sent the copy. */
  @Column('text', { name: 'resent_by', nullable: true }) resentBy: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'notification_resent_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'resent_by_id', nullable: true })
  resentById: string | null;
  /** When it was given up after its tries; its items then wait for the next digest. */
  @Column('timestamptz', { name: 'given_up_at', nullable: true }) givenUpAt: Date | null;
  /** The message that has its items since: a later digest, or a copy sent by hand. */
  @ForeignKey(() => NotificationEntity, 'id', { name: 'notification_replaced_by_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'replaced_by', nullable: true })
  replacedBy: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt: Date | null;
  @Column('timestamptz', { name: 'next_try_at', nullable: true }) nextTryAt: Date | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('text', { name: 'sent_where', nullable: true }) sentWhere: string | null;
}
