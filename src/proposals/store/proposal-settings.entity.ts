import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** An institute's settings for proposals; no row means the defaults. */
@Entity('proposal_settings')
@Index('proposal_settings_updated_by', ['updatedById'])
export class ProposalSettingsEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'proposal_settings_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  /** Null for no reminders. */
  @Column('integer', { name: 'remind_after_days', nullable: true }) remindAfterDays: number | null;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
  @ForeignKey(() => PersonEntity, 'id', {
    name: 'proposal_settings_updated_by_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'updated_by_id', nullable: true })
  updatedById: string | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
