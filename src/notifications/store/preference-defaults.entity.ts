import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PreferenceValues } from '../domain/preferences/preferences.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

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
