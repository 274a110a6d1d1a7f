import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LANGUAGE_COLUMN, type Language } from '../../kernel/language.js';
import type { PipelineMails } from '../domain/sign-in-mails.js';
import type { PersonRole } from '../../kernel/actor.js';
import { TransactionalMailEntity } from '../../outbox/store/transactional-mail.repository.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';

/**
 * A person who can sign in: at an institute, or at the network if `profileId` is null. Who was removed and is
 * invited elsewhere is another person there: what they did stays where they did it.
 */
@Entity('person')
@Index('person_email', ['email'], { unique: true, where: 'removed_at IS NULL' })
@Index('person_place', ['email', 'profileId'], { unique: true })
@Index('person_profile', ['profileId'])
@Index('person_leaves_mail', ['leavesMailId'])
@Index('person_invited_by', ['invitedById'])
@Index('person_leaves_asked_by', ['leavesAskedById'])
export class PersonEntity {
  @PrimaryColumn('uuid') id: string;
  /** In lower case. */
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('timestamptz', { name: 'name_since' }) nameSince: Date;
  /** Those borne for longer than a day. */
  @Column('text', { name: 'former_names', array: true, default: '{}' }) formerNames: string[];
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('text') role: PersonRole;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'person_profile_id_fkey' })
  @Column('text', { name: 'profile_id', nullable: true })
  profileId: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('text', { name: 'invited_by', nullable: true }) invitedBy: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'person_invited_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'invited_by_id', nullable: true })
  invitedById: string | null;
  @Column('timestamptz', { name: 'last_seen_at', nullable: true }) lastSeenAt: Date | null;
  @Column('text', { name: 'pipeline_mails', default: 'all' }) pipelineMails: PipelineMails;
  @Column('text', { nullable: true }) telephone: string | null;
  /** Whether the members of a joint opportunity see their name, address and telephone. */
  @Column('boolean', { name: 'shows_contact', default: false }) showsContact: boolean;
  /** When the network's removal takes effect unless they keep their place, and who asked for it. */
  @Column('timestamptz', { name: 'leaves_at', nullable: true }) leavesAt: Date | null;
  @Column('text', { name: 'leaves_asked_by', nullable: true }) leavesAskedBy: string | null;
  @ForeignKey(() => PersonEntity, 'id', { name: 'person_leaves_asked_by_id_fkey', onDelete: 'SET NULL' })
  @Column('uuid', { name: 'leaves_asked_by_id', nullable: true })
  leavesAskedById: string | null;
  /** The e-mail that told them. */
  @ForeignKey(() => TransactionalMailEntity, 'id', {
    name: 'person_leaves_mail_id_fkey',
    deferrable: 'INITIALLY DEFERRED',
  })
  @Column('uuid', { name: 'leaves_mail_id', nullable: true })
  leavesMailId: string | null;
  /** When the institute's people were told for the second time. */
  @Column('timestamptz', { name: 'leaves_reminded_at', nullable: true }) leavesRemindedAt: Date | null;
  /**
   * They see what lies inside the institute from then on, because the network let them in after others; null
   * if they see all of it.
   */
  @Column('timestamptz', { name: 'inside_from', nullable: true }) insideFrom: Date | null;
  /** Set once they can no longer sign in; what they wrote keeps their name. */
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
}
