import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { type Language, LANGUAGE_COLUMN } from '../../kernel/language.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import type { Answer } from '../domain/answer.js';
import { CallEntity } from '../../calls/store/call.entity.js';
import { TransactionalMailEntity } from '../../outbox/store/transactional-mail.repository.js';

@Entity('researcher_objection')
export class ResearcherObjectionEntity {
  @PrimaryColumn('text', { name: 'profile_id' })
  @ForeignKey(() => ProfileEntity, 'id', {
    name: 'researcher_objection_profile_id_fkey',
    onDelete: 'CASCADE',
  })
  profileId: string;
  /**
   * Hash of the lower-case address: it recognises an address that is entered again, without storing whose it
   * was.
   */
  @PrimaryColumn('text', { name: 'address_hash' })
  addressHash: string;
  @Column('timestamptz', { name: 'objected_at' }) objectedAt: Date;
}

/** A researcher with competences, to whom calls are proposed; visible to their institute only. */
@Entity('researcher')
@Index('researcher_email', ['profileId', 'email'], { unique: true })
export class ResearcherEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'researcher_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @Column('text') name: string;
  @Column('timestamptz', { name: 'name_since' }) nameSince: Date;
  /** Those borne for longer than a day. */
  @Column('text', { name: 'former_names', array: true, default: '{}' }) formerNames: string[];
  /** In lower case. */
  @Column('text') email: string;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  /** Labels of competences in the profile. */
  @Column('text', { array: true }) competences: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt: Date;
}

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

/** A call proposed to a researcher, and the answer. */
@Entity('proposal')
@Index('proposal_answer_mail', ['answerMailId'])
@Index('proposal_mail', ['mailId'])
@Index('proposal_reminder_mail', ['reminderMailId'])
@Index('proposal_reminder_token', ['reminderTokenHash'], { unique: true })
@Index('proposal_to_remind', ['remindOn'], {
  where: 'remind_on IS NOT NULL AND reminded_at IS NULL AND answered_at IS NULL',
})
@Index('proposal_person', ['personId'])
@Index('proposal_reminded_by', ['remindedById'])
@Index('proposal_call_of', ['callId'])
@Index('proposal_token', ['tokenHash'], { unique: true })
@Index('proposal_call', ['profileId', 'callId'])
@Index('proposal_researcher', ['researcherId'])
export class ProposalEntity {
  @PrimaryColumn('uuid') id: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'proposal_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'proposal_call_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'call_id' })
  callId: string;
  /** Null if they were removed from the list since. */
  @ForeignKey(() => ResearcherEntity, 'id', { name: 'proposal_researcher_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'researcher_id', nullable: true })
  researcherId: string | null;
  @Column('text') name: string;
  @Column('text') email: string;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('text') subject: string;
  /** As sent, without the link to answer. */
  @Column('text') text: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('text', { name: 'asked_by' }) askedBy: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'proposal_person_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @ForeignKey(() => TransactionalMailEntity, 'id', {
    name: 'proposal_mail_id_fkey',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'mail_id' })
  mailId: string;
  @Column('text', { nullable: true }) answer: Answer | null;
  /** Their comment. */
  @Column('text', { nullable: true }) word: string | null;
  /** Whom they suggested asking. */
  @Column('text', { nullable: true }) other: string | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
  /** The last e-mail that informed the officer of an answer. */
  @ForeignKey(() => TransactionalMailEntity, 'id', {
    name: 'proposal_answer_mail_id_fkey',
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'answer_mail_id', nullable: true })
  answerMailId: string | null;
  /** The day of the reminder if they have not answered by then; null for none. */
  @Column('date', { name: 'remind_on', nullable: true }) remindOn: string | null;
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt: Date | null;
  /** Who sent the reminder; null if it was automatic. */
  @Column('text', { name: 'reminded_by', nullable: true }) remindedBy: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'proposal_reminded_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'reminded_by_id', nullable: true })
  remindedById: string | null;
  /**
   * The reminder has its own link, as only the hash of the first is stored: both lead to the same question.
   */
  @Column('text', { name: 'reminder_token_hash', nullable: true }) reminderTokenHash: string | null;
  @ForeignKey(() => TransactionalMailEntity, 'id', {
    name: 'proposal_reminder_mail_id_fkey',
    onDelete: 'SET NULL',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'reminder_mail_id', nullable: true })
  reminderMailId: string | null;
}
