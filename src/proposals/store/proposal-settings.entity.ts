import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/index.js';

/** An institute's settings for proposals; no row means the defaults. */
@Entity('proposal_settings')
export class ProposalSettingsEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'proposal_settings_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  /** Null for no reminders. */
  @Column('integer', { name: 'remind_after_days', nullable: true }) remindAfterDays: number | null;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
