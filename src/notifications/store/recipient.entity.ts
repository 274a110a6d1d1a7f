import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PreferenceValues } from '../domain/preferences/preferences.js';
import { type Language, LANGUAGE_COLUMN } from '../../kernel/language.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { FollowKind } from '../domain/content/message.js';
import { PersonEntity } from '../../access/store/person.entity.js';

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
