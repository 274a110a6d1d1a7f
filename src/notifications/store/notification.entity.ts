import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PreferenceValues } from '../domain/preferences/preferences.js';
import { type Language, LANGUAGE_COLUMN } from '../../kernel/language.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { FollowKind } from '../domain/content/message.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import type { DeliveryState } from '../../outbox/domain/tries.js';
import type { Place } from '../domain/schedule/next-message.js';
import type { Urgency } from '../domain/preferences/choice.js';
import { CallEntity } from '../../calls/store/call.entity.js';

/** A recipient of messages: one address of one channel. A person with e-mail and a chat is two of them. */
@Entity('recipient')
@Index('recipient_address', ['channel', 'owner', 'address'], { unique: true })
@Index('recipient_address_hash', ['channel', 'owner', 'addressHash'], { unique: true })
@Index('recipient_token', ['token'], { unique: true })
@Index('recipient_token_hash', ['tokenHash'], { unique: true })
@Index('recipient_profile', ['profileId'])
export class RecipientEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') channel: string;
  /**
   * The owner: `profile/<id>` or `group/<id>`; empty for an e-mail address, which belongs to its reader and
   * is unique.
   */
  @Column('text', { default: '' }) owner: string;
  /** E-mail addresses in lower case. A web address is secret, so it is sealed. */
  @Column('text') address: string;
  /** To look up a sealed address; null for an e-mail address. */
  @Column('text', { name: 'address_hash', nullable: true }) addressHash: string | null;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  /** The institute that may see what is sent there; null for the network's own people. */
  @ForeignKey(() => ProfileEntity, 'id', { name: 'recipient_profile_id_fkey' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  /** Their own choices; the rest comes from their institute's defaults. */
  @Column('jsonb', { default: {} }) preferences: PreferenceValues;
  /** The signing secrets, sealed, newest first; several while one is being replaced. */
  @Column('text', { array: true, default: '{}' }) secrets: string[];
  /**
   * The only credential of the unsubscribe links. It opens nothing else, so it need not expire; sealed rather
   * than hashed, since messages are written with it.
   */
  @Column('text') token: string;
  /** To look up such a link; null until it is sealed. */
  @Column('text', { name: 'token_hash', nullable: true }) tokenHash: string | null;
  /** Hashes for links in messages from before a key was lost: they keep working. */
  @Column('text', { name: 'token_hashes_before', array: true, default: '{}' }) tokenHashesBefore: string[];
  /** The key that signs settings links, sealed; no message contains it. */
  @Column('text', { name: 'link_key' }) linkKey: string;
  @Column('timestamptz', { name: 'since' }) since: Date;
  /** The sequence number up to which events were planned for them. */
  @Column('bigint', { name: 'planned_seq' }) plannedSeq: string;
  /** The last digest date that was processed for them, whether or not it produced a message. */
  @Column('timestamptz', { name: 'last_slot_at' }) lastDigestDueAt: Date;
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /**
   * Set if nothing more is sent, with the reason: `unsubscribed`, or the reply that permanently refused the
   * address.
   */
  @Column('timestamptz', { name: 'stopped_at', nullable: true }) stoppedAt: Date | null;
  @Column('text', { name: 'stopped_why', nullable: true }) stoppedWhy: string | null;
}

/** `contact`: the profile names them as a contact; `institute`: one of its people; `own`: their choice. */
type FollowOrigin = 'contact' | 'institute' | 'own';

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

/** An institute's default settings for its people. */
@Entity('preference_defaults')
@Index('preference_defaults_updated_by', ['updatedById'])
export class PreferenceDefaultsEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'preference_defaults_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') preferences: PreferenceValues;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
  @ForeignKey(() => PersonEntity, 'id', {
    name: 'preference_defaults_updated_by_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'updated_by_id', nullable: true })
  updatedById: string | null;
}

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
  | 'draft'
  | 'postponed';
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
