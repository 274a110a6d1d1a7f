import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { JointStep, JointStepKind } from '../domain/joint-history.js';
import { JointOpportunityEntity } from './joint-opportunity.entity.js';

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
