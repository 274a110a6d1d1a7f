import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { JointStage } from '../domain/joint.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/**
 * A joint bid of several institutes. Its members are those whose interest was open when it began, and those
 * that members accepted since (`InterestEntity.joinedAt`).
 */
@Entity('joint_opportunity')
@Index('joint_opportunity_call', ['callId'], { unique: true })
@Index('joint_opportunity_lead', ['leadId'])
export class JointOpportunityEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'joint_opportunity_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'joint_opportunity_lead_id_fkey', onDelete: 'SET NULL' })
  @Column('text', { name: 'lead_id', nullable: true })
  leadId: string | null;
  @Column('text') stage: JointStage;
  @Column('timestamptz', { name: 'stage_at' }) stageAt: Date;
  /** What the network is asked to decide, and by when. */
  @Column('text', { nullable: true }) wanted: string | null;
  @Column('date', { name: 'wanted_by', nullable: true }) wantedBy: string | null;
  @Column('timestamptz', { name: 'begun_at' }) begunAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
