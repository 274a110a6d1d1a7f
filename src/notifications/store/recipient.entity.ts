import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PreferenceValues } from '../domain/preferences/preferences.js';
import type { Language } from '../../kernel/language.js';
import { ProfileEntity } from '../../profiles/store/index.js';

/**
 * Somebody, or something, that is told: an address of one channel. A person who reads mail and a chat is two
 * of them.
 */
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
   * Whose address it is: `profile/<id>`, `group/<id>`; empty for a mail address, which is its reader's own
   * and there once.
   */
  @Column('text', { default: '' }) owner: string;
  /** Of a mail in small letters. One on the web is a secret, and sealed. */
  @Column('text') address: string;
  /** By which a sealed address is known again; null for a mail address. */
  @Column('text', { name: 'address_hash', nullable: true }) addressHash: string | null;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text') language: Language;
  /** The institute that may see what is sent there; null for the network's own people. */
  @ForeignKey(() => ProfileEntity, 'id', { name: 'recipient_profile_id_fkey' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  /** What they chose; the rest is as their institute's defaults say. */
  @Column('jsonb', { default: {} }) preferences: PreferenceValues;
  /**
   * With what is signed what is sent there, sealed, the newest first; more than one while one is replaced by
   * the next.
   */
  @Column('text', { array: true, default: '{}' }) secrets: string[];
  /**
   * The only credential of the links that stop the messages: it opens nothing else, so that it need not
   * expire; sealed, for messages are written with it.
   */
  @Column('text') token: string;
  /** By which such a link is known again; null until it is sealed. */
  @Column('text', { name: 'token_hash', nullable: true }) tokenHash: string | null;
  /** Those of links that were written in messages before a key was lost: they go on. */
  @Column('text', { name: 'token_hashes_before', array: true, default: '{}' }) tokenHashesBefore: string[];
  /** With what the links to their choices are signed, sealed; it leaves in none of them. */
  @Column('text', { name: 'link_key' }) linkKey: string;
  @Column('timestamptz', { name: 'since' }) since: Date;
  /** The place in the order of events up to which it was decided what they are told. */
  @Column('bigint', { name: 'planned_seq' }) plannedSeq: string;
  /** The last date of the digest that was looked at for them, whether it gave a message or not. */
  @Column('timestamptz', { name: 'last_slot_at' }) lastDigestDueAt: Date;
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /**
   * Set where nothing is sent any more, and why: `unsubscribed`, or the reply that refused the address for
   * good.
   */
  @Column('timestamptz', { name: 'stopped_at', nullable: true }) stoppedAt: Date | null;
  @Column('text', { name: 'stopped_why', nullable: true }) stoppedWhy: string | null;
}
