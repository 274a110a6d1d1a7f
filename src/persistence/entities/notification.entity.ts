import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type NotificationState = 'pending' | 'sending' | 'sent' | 'failed';
export interface NotificationItem { callId: string; seq: string; matchId: string; score: number; title: string }

/** A mail as it was written: the outbox. It does not change under the reader, and leaves once. */
@Entity('notification')
@Index('notification_key', ['key'], { unique: true })
@Index('notification_waiting', ['state'], { where: "state IN ('pending', 'sending')" })
export class NotificationEntity {
  @PrimaryColumn('uuid') id: string;
  /** What makes it one: profile, contact and occasion. A second one for the same cannot be stored. */
  @Column('text') key: string;
  @Column('text') kind: 'first' | 'digest';
  @Column('text', { name: 'profile_id' }) profileId: string;
  @Column('text') email: string;
  @Column('text', { name: 'contact_name' }) contactName: string;
  @Column('text') subject: string;
  @Column('text') text: string;
  @Column('text') html: string;
  @Column('text', { name: 'unsubscribe_url' }) unsubscribeUrl: string;
  @Column('text', { name: 'message_id' }) messageId: string;
  @Column('jsonb') items: NotificationItem[];
  /** How many calls fitted too but had no room; they stay untold. */
  @Column('integer') more: number;
  @Column('text') state: NotificationState;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) error: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt: Date | null;
  @Column('timestamptz', { name: 'next_try_at', nullable: true }) nextTryAt: Date | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('text', { name: 'sent_where', nullable: true }) sentWhere: string | null;
}
