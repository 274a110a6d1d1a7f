import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { JointStage } from '../domain/joint.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import type { JointStep, JointStepKind } from '../domain/joint-history.js';

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

/** A line of the history of a joint opportunity; append-only. */
@Entity('joint_opportunity_step')
@Index('joint_opportunity_step_seq', ['jointId', 'seq'], { unique: true })
@Index('joint_opportunity_step_person', ['personId'])
@Index('joint_opportunity_step_profile', ['profileId'])
export class JointStepEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => JointOpportunityEntity, 'id', {
    name: 'joint_opportunity_step_joint_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'joint_id' })
  jointId: string;
  /** The institute that made the change; null for the network, or if the institute was deleted. */
  @ForeignKey(() => ProfileEntity, 'id', {
    name: 'joint_opportunity_step_profile_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('boolean') network: boolean;
  /** Starts at 1. */
  @Column('integer') seq: number;
  @Column('text') kind: JointStepKind;
  @Column('jsonb') changes: JointStep['changes'];
  /** Name of the person who made the change; visible within their institute only. */
  @Column('text') by: string;
  @ForeignKey(() => PersonEntity, 'id', {
    name: 'joint_opportunity_step_person_id_fkey',
    onDelete: 'SET NULL',
  })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  @Column('timestamptz') at: Date;
  @Column('uuid', { nullable: true }) undoes: string | null;
}
