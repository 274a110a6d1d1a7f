import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { WishesInput } from '../../domain/notification/wishes.js';
import type { Language } from '../../domain/profile/profile.js';

/** Somebody, or something, that is told: an address of one channel. A person who reads mail and a chat is two of them. */
@Entity('recipient')
@Index('recipient_address', ['channel', 'owner', 'address'], { unique: true })
@Index('recipient_token', ['token'], { unique: true })
@Index('recipient_profile', ['profileId'])
export class RecipientEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') channel: string;
  /** Whose address it is: `profile/<id>`, `group/<id>`; empty for a mail address, which is its reader's own and there once. */
  @Column('text', { default: '' }) owner: string;
  /** Of a mail in small letters. */
  @Column('text') address: string;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text') language: Language;
  /** The institute that may see what is sent there; null for the network's own people. */
  @Column('text', { name: 'profile_id', nullable: true }) profileId: string | null;
  /** What they chose; the rest is as their institute's defaults say. */
  @Column('jsonb', { default: {} }) wishes: WishesInput;
  /** With what is signed what is sent there, the newest first; more than one while one is replaced by the next. */
  @Column('text', { array: true, default: '{}' }) secrets: string[];
  /** The only credential of the links that stop the messages: it opens nothing else, so that it need not expire. */
  @Column('text') token: string;
  /** With what the links to their choices are signed; it leaves in none of them. The default is the migration's, as TypeORM reads it back: without its casts. */
  @Column('text', { name: 'link_key', default: () => '((gen_random_uuid())|| (gen_random_uuid()))' }) linkKey: string;
  @Column('timestamptz', { name: 'since' }) since: Date;
  /** The place in the order of events up to which it was decided what they are told. */
  @Column('bigint', { name: 'planned_seq' }) plannedSeq: string;
  /** The last date of the digest that was looked at for them, whether it gave a message or not. */
  @Column('timestamptz', { name: 'last_slot_at' }) lastSlotAt: Date;
  @Column('timestamptz', { name: 'paused_until', nullable: true }) pausedUntil: Date | null;
  /** Set where nothing is sent any more, and why: `unsubscribed`, or the words of whoever refused the address for good. */
  @Column('timestamptz', { name: 'stopped_at', nullable: true }) stoppedAt: Date | null;
  @Column('text', { name: 'stopped_why', nullable: true }) stoppedWhy: string | null;
}
