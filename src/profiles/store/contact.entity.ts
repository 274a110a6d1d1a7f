import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Contact } from '../domain/profile.js';
import { ProfileEntity } from './profile.entity.js';

/** Contacts that someone from outside requests for an institute, waiting for one of its officers. */
@Entity('contact_change')
@Index('contact_change_asked_by', ['askedById'])
export class ContactChangeEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'contact_change_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') contacts: Contact[];
  /** Null if it was the institute's file. */
  @Column('text', { name: 'asked_by', nullable: true }) askedBy: string | null;
  @ForeignKey('PersonEntity', 'id', { name: 'contact_change_asked_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'asked_by_id', nullable: true })
  askedById: string | null;
  @Column('timestamptz', { name: 'asked_at' }) askedAt: Date;
  /** When its officers were e-mailed about it. */
  @Column('timestamptz', { name: 'notified_at', nullable: true }) notifiedAt: Date | null;
}

/**
 * The state of an address that a profile names: whether its reader agreed, and whether someone inside let it
 * read internal content.
 */
@Entity('contact')
@Index('contact_admitted_by', ['admittedById'])
@Index('contact_address', ['address'])
@Index('contact_token', ['tokenHash'], { unique: true })
export class ContactEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'contact_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  /** In lower case. */
  @PrimaryColumn('text') address: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** When its reader agreed. Before that, only the confirmation request is sent there. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt: Date | null;
  /** When the confirmation request was last sent; null if it has yet to be. */
  @Column('timestamptz', { name: 'asked_at', nullable: true }) askedAt: Date | null;
  /** The hash of the link in that e-mail. */
  @Column('text', { name: 'token_hash', nullable: true }) tokenHash: string | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  /** When, and by whom, it was approved from inside. */
  @Column('timestamptz', { name: 'admitted_at', nullable: true }) admittedAt: Date | null;
  @Column('text', { name: 'admitted_by', nullable: true }) admittedBy: string | null;
  @ForeignKey('PersonEntity', 'id', { name: 'contact_admitted_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'admitted_by_id', nullable: true })
  admittedById: string | null;
}
