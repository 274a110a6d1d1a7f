import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { PreferenceValues } from '../domain/preferences/preferences.js';
import { ProfileEntity } from '../../profiles/store/index.js';

/** An institute's default settings for its people. */
@Entity('preference_defaults')
export class PreferenceDefaultsEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'preference_defaults_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') preferences: PreferenceValues;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
}
