import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { DeliveryState } from '../../outbox/domain/tries.js';
import type { Place } from '../domain/schedule/next-message.js';
import type { Urgency } from '../domain/events/urgency.js';
import { RecipientEntity } from './recipient.entity.js';
import { CallEntity } from '../../calls/store/call.entity.js';

interface NotificationItem {
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

type NotificationItemKind =
  | 'call'
  | 'change'
  | 'deadline'
  | 'answer'
  | 'source'
  | 'partners'
  | 'questions'
  | 'coming'
  | 'result'
  | 'draft';
/** `written`: it is in a message; `dropped`: no longer worth announcing, `why` gives the reason. */
type NoticeState = 'waiting' | 'written' | 'dropped';

/** One item that a recipient receives by their channel, once: the key is unique. */
@Entity('notification_item')
@Index('notification_item_waiting', ['recipientId'], { where: "state = 'waiting'" })
@Index('notification_item_call', ['callId', 'recipientId'])
@Index('notification_item_notification', ['notificationId'])
export class NotificationItemEntity {
  @ForeignKey(() => RecipientEntity, 'id', {
    name: 'notification_item_recipient_id_fkey',
    onDelete: 'CASCADE',
  })
  @PrimaryColumn('uuid', { name: 'recipient_id' })
  recipientId: string;
  /**
   * `call/<call>`, `change/<call>/<version>`, `deadline/<call>/<instant>/<days>`,
   * `answer/<proposal>/<instant>`, `source/<alarm>`, `partners/<call>/<instant>`,
   * `questions/<call>/<instant>`, `coming/<call>`, `result/<document>/<bid>`,
   * `draft/<kind>/<document>/<call>`.
   */
  @PrimaryColumn('text') key: string;
  @Column('text') kind: NotificationItemKind;
  @ForeignKey(() => CallEntity, 'id', { name: 'notification_item_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id', nullable: true })
  callId: string | null;
  @Column('integer', { nullable: true }) version: number | null;
  /** The proposal or the alarm. */
  @Column('uuid', { nullable: true }) about: string | null;
  @Column('text') place: Place;
  @Column('text', { nullable: true }) urgency: Urgency | null;
  /** It would have been sent immediately but for the daily limit. */
  @Column('boolean', { default: false }) held: boolean;
  @Column('timestamptz', { name: 'made_at' }) madeAt: Date;
  @Column('text') state: NoticeState;
  @Column('text', { nullable: true }) why: string | null;
  @ForeignKey(() => NotificationEntity, 'id', {
    name: 'notification_item_notification_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'notification_id', nullable: true })
  notificationId: string | null;
}
