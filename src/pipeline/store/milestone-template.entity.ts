import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { MilestoneTemplate } from '../domain/milestones.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** An institute's own milestone template, if any. */
@Entity('milestone_template')
@Index('milestone_template_updated_by', ['updatedById'])
export class MilestoneTemplateEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'milestone_template_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @Column('jsonb') milestones: MilestoneTemplate;
  @Column('text', { name: 'updated_by' }) updatedBy: string;
  @ForeignKey(() => PersonEntity, 'id', {
    name: 'milestone_template_updated_by_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'updated_by_id', nullable: true })
  updatedById: string | null;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
