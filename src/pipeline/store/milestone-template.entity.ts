import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { MilestoneTemplate } from '../domain/milestones.js';
import { ProfileEntity } from '../../profiles/store/index.js';

/** An institute's own milestone template, if any. */
@Entity('milestone_template')
export class MilestoneTemplateEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'milestone_template_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') milestones: MilestoneTemplate;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
