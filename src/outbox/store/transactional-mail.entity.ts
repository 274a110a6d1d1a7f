import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { DeliveryState } from '../domain/tries.js';

/** A transactional e-mail, in the outbox until the other side has accepted it. */
@Entity('transactional_mail')
@Index('transactional_mail_alarm', ['alarmId'])
@Index('transactional_mail_profile', ['profileId'])
@Index('transactional_mail_sent', ['sentAt'])
@Index('transactional_mail_waiting', ['state'], { where: "state IN ('pending', 'sending')" })
export class TransactionalMailEntity {
  @PrimaryColumn('uuid') id: string;
  /** What it is about, as logs name it: `proposal`, `newsletter`, `alarm`. */
  @Column('text') kind: string;
  @ForeignKey('ProfileEntity', 'id', { name: 'transactional_mail_profile_id_fkey' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  /** Only for an e-mail about an alarm. */
  @ForeignKey('AlarmEntity', 'id', { name: 'transactional_mail_alarm_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'alarm_id', nullable: true })
  alarmId: string | null;
  @Column('text', { name: 'to_name', nullable: true }) toName: string | null;
  @Column('text', { name: 'to_address' }) toAddress: string;
  /** Whose name its sender bears; null for that of the installation. */
  @Column('text', { name: 'from_name', nullable: true }) fromName: string | null;
  /** Who receives replies. */
  @Column('text', { name: 'reply_to', nullable: true }) replyTo: string | null;
  @Column('text') subject: string;
  /** Emptied once the e-mail is sent, or cannot be: it contains a link that is a credential. */
  @Column('text') text: string;
  @Column('text') html: string;
  /** By which its reader leaves its list with one click (RFC 8058): a credential. Null if it has none. */
  @Column('text', { name: 'unsubscribe_url', nullable: true }) unsubscribeUrl: string | null;
  @Column('text', { name: 'message_id' }) messageId: string;
  /** Ids of its thread; empty if it has none. */
  @Column('text', { array: true, default: '{}' }) threads: string[];
  /** Not worth sending after this time. */
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  @Column('text') state: DeliveryState;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('text', { nullable: true }) error: string | null;
  /** When it was given up after its tries; the operator may have it sent again. */
  @Column('timestamptz', { name: 'given_up_at', nullable: true }) givenUpAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt: Date | null;
  @Column('timestamptz', { name: 'next_try_at', nullable: true }) nextTryAt: Date | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('text', { name: 'sent_where', nullable: true }) sentWhere: string | null;
}
