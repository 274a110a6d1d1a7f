import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Profile } from '../domain/profile.js';
import { ProfileEntity } from './profile.entity.js';

/** A profile as it was saved once. */
@Entity('profile_version')
export class ProfileVersionEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'profile_version_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @PrimaryColumn('integer') number: number;
  @Column('jsonb') content: Profile;
  /** A profile file, a person, or an earlier version that was restored. */
  @Column('text') origin: 'file' | 'edit' | 'restore';
  /** The name of who saved it; null for a file, and where it was not kept yet. */
  @Column('text', { nullable: true }) by: string | null;
  @Column('timestamptz', { name: 'saved_at' }) savedAt: Date;
}
