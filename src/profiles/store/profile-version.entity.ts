import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Profile } from '../domain/profile.js';
import { ProfileEntity } from './profile.entity.js';

/** A saved version of a profile. */
@Entity('profile_version')
@Index('profile_version_by', ['byId'])
export class ProfileVersionEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'profile_version_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @PrimaryColumn('integer') number: number;
  @Column('jsonb') content: Profile;
  /** A profile file, a person, or a restored earlier version. */
  @Column('text') origin: 'file' | 'edit' | 'restore';
  /** The name of the person who saved it; null for a file, and for versions from before it was recorded. */
  @Column('text', { nullable: true }) by: string | null;
  @ForeignKey('PersonEntity', 'id', { name: 'profile_version_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'by_id', nullable: true })
  byId: string | null;
  @Column('timestamptz', { name: 'saved_at' }) savedAt: Date;
}
