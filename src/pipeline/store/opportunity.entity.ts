import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { BidDocument, Lead, Role } from '../domain/opportunity.js';
import type { Milestone, MilestoneTemplate } from '../domain/milestones.js';
import type { Stage } from '../domain/stage.js';
import type { Task } from '../domain/tasks.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import type { Changes, StepKind } from '../domain/history.js';
import { PersonEntity } from '../../access/store/person.entity.js';

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

/** A reminder that was already sent to a person. */
@Entity('pipeline_reminder')
export class ReminderEntity {
  @ForeignKey(() => PersonEntity, 'id', { name: 'pipeline_reminder_person_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'person_id' })
  personId: string;
  @PrimaryColumn('text') key: string;
  @Column('timestamptz') at: Date;
}

/** A comment on an opportunity, visible only within the institute. */
@Entity('opportunity_comment')
@Index('opportunity_comment_thread', ['opportunityId', 'createdAt', 'id'])
@Index('opportunity_comment_person', ['personId'])
@Index('opportunity_comment_profile', ['profileId'])
export class CommentEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => OpportunityEntity, 'id', {
    name: 'opportunity_comment_opportunity_id_fkey',
    onDelete: 'CASCADE',
  })
  @Column('uuid', { name: 'opportunity_id' })
  opportunityId: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'opportunity_comment_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @Column('text') author: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'opportunity_comment_person_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  /** Empty if the comment was deleted: the row itself is kept. */
  @Column('text') text: string;
  /** The people notified by e-mail that it mentions them: once per comment. */
  @Column('uuid', { array: true }) notified: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'edited_at', nullable: true }) editedAt: Date | null;
  @Column('timestamptz', { name: 'deleted_at', nullable: true }) deletedAt: Date | null;
}
