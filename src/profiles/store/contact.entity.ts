import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from './profile.entity.js';

/**
 * How an address that a profile names stands: whether its reader agreed, and whether somebody inside said
 * that it may read what stays inside.
 */
@Entity('contact')
@Index('contact_address', ['address'])
@Index('contact_token', ['tokenHash'], { unique: true })
export class ContactEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'contact_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  /** In small letters. */
  @PrimaryColumn('text') address: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  /** When its reader agreed. Before that, nothing but the confirmation is sent there. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt: Date | null;
  /** When the confirmation was mailed last; null where it is still to be. */
  @Column('timestamptz', { name: 'asked_at', nullable: true }) askedAt: Date | null;
  /** Of the link in that mail. */
  @Column('text', { name: 'token_hash', nullable: true }) tokenHash: string | null;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  /** When, and by whom, it was confirmed from inside. */
  @Column('timestamptz', { name: 'admitted_at', nullable: true }) admittedAt: Date | null;
  @Column('text', { name: 'admitted_by', nullable: true }) admittedBy: string | null;
}
