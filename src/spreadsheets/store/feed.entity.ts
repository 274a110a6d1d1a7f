import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { LANGUAGE_COLUMN, type Language } from '../../kernel/language.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';

/**
 * A secret link from which a table of an institute's matches can be read, for example by Excel, until it is
 * revoked.
 */
@Entity('feed')
@Index('feed_person', ['personId'])
@Index('feed_token', ['tokenHash'], { unique: true })
@Index('feed_profile', ['profileId'])
export class FeedEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'token_hash' }) tokenHash: string;
  @Column('text') hint: string;
  @Column('text') name: string;
  @ForeignKey(() => ProfileEntity, 'id', { name: 'feed_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'feed_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id', nullable: true })
  personId: string | null;
  /** The inbox's filters as a query string. */
  @Column('text') query: string;
  @Column('text', LANGUAGE_COLUMN) language: Language;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'last_read_at', nullable: true }) lastReadAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}
