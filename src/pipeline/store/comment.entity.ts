import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PersonEntity } from '../../access/store/person.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { OpportunityEntity } from './opportunity.entity.js';

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
