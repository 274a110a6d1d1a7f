import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { SecretAddress } from '../../access/store/secret-address.js';
import { SavedSearchEntity } from '../../decisions/store/saved-search.entity.js';

/** What a feed shows: an institute's matches, what its creator's search finds, or changes of its calls. */
export const FEED_CONTENTS = ['matches', 'search', 'changes'] as const;
export type FeedContent = (typeof FEED_CONTENTS)[number];

/** A secret address from which Excel, or a feed reader, reads an institute's calls. */
@Entity('feed')
@Index('feed_person', ['personId'])
@Index('feed_token', ['tokenHash'], { unique: true })
@Index('feed_profile', ['profileId'])
@Index('feed_search', ['searchId'])
export class FeedEntity extends SecretAddress {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'feed_profile_id_fkey', onDelete: 'CASCADE' })
  @Column('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => PersonEntity, 'id', { name: 'feed_person_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'person_id' })
  personId: string;
  @Column('text') content: FeedContent;
  /** The inbox's filters as a query string; empty if it shows no matches. */
  @Column('text') query: string;
  /** The search whose finds it shows; its removal ends the feed. */
  @ForeignKey(() => SavedSearchEntity, 'id', { name: 'feed_search_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'search_id', nullable: true })
  searchId: string | null;
}
