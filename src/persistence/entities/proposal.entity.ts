import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Language } from '../../domain/profile/profile.js';
import type { Answer } from '../../domain/proposal/answer.js';

/** A call that was proposed to a researcher, and what they answered. */
@Entity('proposal')
@Index('proposal_token', ['tokenHash'], { unique: true })
@Index('proposal_call', ['profileId', 'callId'])
@Index('proposal_researcher', ['researcherId'])
export class ProposalEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'profile_id' }) profileId: string;
  @Column('uuid', { name: 'call_id' }) callId: string;
  /** Null where they were taken off the list since. */
  @Column('uuid', { name: 'researcher_id', nullable: true }) researcherId: string | null;
  @Column('text') name: string;
  @Column('text') email: string;
  @Column('text') language: Language;
  @Column('text') subject: string;
  /** As it left, the link to answer left out. */
  @Column('text') text: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('text', { name: 'asked_by' }) askedBy: string;
  @Column('uuid', { name: 'person_id', nullable: true }) personId: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('uuid', { name: 'letter_id' }) letterId: string;
  @Column('text', { nullable: true }) answer: Answer | null;
  /** What they added in their own words. */
  @Column('text', { nullable: true }) word: string | null;
  /** Whom they said to ask. */
  @Column('text', { nullable: true }) other: string | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
  /** The last mail that told the officer of an answer. */
  @Column('uuid', { name: 'answer_letter_id', nullable: true }) answerLetterId: string | null;
}
