import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Changes, StepKind } from '../domain/history.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { OpportunityEntity } from './opportunity.entity.js';

/** A line of the history of an opportunity; append-only. */
@Entity('opportunity_step')
@Index('opportunity_step_seq', ['opportunityId', 'seq'], { unique: true })
@Index('opportunity_step_person', ['personId'])
@Index('opportunity_step_profile', ['profileId'])
@Index('opportunity_step_proposal', ['proposalId'])
export class OpportunityStepEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => OpportunityEntity, 'id', {
    name: 'opportunity_step_opportunity_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'opportunity_id' })
  opportunityId: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'opportunity_step_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  /** Starts at 1. */
  @Column('integer') seq: number;
  @Column('text') kind: StepKind;
  @Column('jsonb') changes: Changes;
  @Column('text', { nullable: true }) why: string | null;
  /** Name of the person or service that made the change. */
  @Column('text') by: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'opportunity_step_person_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  /** The proposal whose answer made the change. */
  @ForeignKey('ProposalEntity', 'id', { name: 'opportunity_step_proposal_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'proposal_id', nullable: true })
  proposalId: string | null;
  @Column('timestamptz') at: Date;
  @Column('uuid', { nullable: true }) undoes: string | null;
}
