import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Language } from '../../kernel/language.js';
import type { PipelineMails } from '../domain/pipeline-mails.js';
import type { PersonRole } from '../../kernel/actor.js';
import { TransactionalMailEntity } from '../../outbox/store/index.js';
import { ProfileEntity } from '../../profiles/store/index.js';

/** Somebody who signs in: of an institute, or of the network where `profileId` is null. */
@Entity('person')
@Index('person_email', ['email'], { unique: true })
@Index('person_profile', ['profileId'])
@Index('person_leaves_mail', ['leavesMailId'])
export class PersonEntity {
  @PrimaryColumn('uuid') id: string;
  /** In small letters. */
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text') language: Language;
  @Column('text') role: PersonRole;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'person_profile_id_fkey' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('text', { name: 'invited_by', nullable: true }) invitedBy: string | null;
  @Column('timestamptz', { name: 'last_seen_at', nullable: true }) lastSeenAt: Date | null;
  @Column('text', { name: 'pipeline_mails', default: 'all' }) pipelineMails: PipelineMails;
  /** When they are removed, as the network asked, unless they keep their place; and who asked. */
  @Column('timestamptz', { name: 'leaves_at', nullable: true }) leavesAt: Date | null;
  @Column('text', { name: 'leaves_asked_by', nullable: true }) leavesAskedBy: string | null;
  /** The mail that told them. */
  @ForeignKey(() => TransactionalMailEntity, 'id', {
    name: 'person_leaves_mail_id_fkey',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'leaves_mail_id', nullable: true })
  leavesMailId: string | null;
  /** Set where they may not sign in any more; what they wrote keeps their name. */
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
}
