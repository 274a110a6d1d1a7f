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
