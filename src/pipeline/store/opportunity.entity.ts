import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { BidDocument, Lead, Role } from '../domain/opportunity.js';
import type { Milestone } from '../domain/milestones.js';
import type { Stage } from '../domain/stage.js';
import type { Task } from '../domain/tasks.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/** A call that an institute may answer, answers or has answered; never shown to others. */
@Entity('opportunity')
@Index('opportunity_call', ['profileId', 'callId'], { unique: true })
@Index('opportunity_call_of', ['callId'])
export class OpportunityEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'opportunity_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'opportunity_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  @Column('text') stage: Stage;
  /** When it reached this stage. */
  @Column('timestamptz', { name: 'stage_at' }) stageAt: Date;
  @Column('text', { nullable: true }) acronym: string | null;
  @Column('text', { nullable: true }) lead: Lead | null;
  @Column('text', { name: 'lead_name', nullable: true }) leadName: string | null;
  @Column('text', { nullable: true }) role: Role | null;
  @Column('text', { array: true }) partners: string[];
  @Column('double precision', { nullable: true }) requested: number | null;
  @Column('text') currency: string;
  @Column('double precision', { nullable: true }) share: number | null;
  @Column('integer', { nullable: true }) probability: number | null;
  @Column('text', { name: 'proposal_number', nullable: true }) proposalNumber: string | null;
  @Column('date', { name: 'decide_by', nullable: true }) decideBy: string | null;
  @Column('date', { name: 'signed_on', nullable: true }) signedOn: string | null;
  @Column('jsonb', { default: [] }) documents: BidDocument[];
  /** The closing date the bid is prepared for. */
  @Column('timestamptz', { name: 'deadline_at', nullable: true }) deadlineAt: Date | null;
  @Column('jsonb') milestones: Milestone[];
  @Column('jsonb', { default: [] }) tasks: Task[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}
