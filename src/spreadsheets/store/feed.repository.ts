import { Column, DataSource, Entity, type EntityManager, ForeignKey, Index } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import {
  addressesOf,
  type AddressPlace,
  livingAddresses,
  revokeAddress,
  SecretAddress,
  type WithMaker,
  withMakers,
} from '../../access/store/secret-address.js';
import { SavedSearchEntity } from '../../decisions/store/saved-search.repository.js';
import { lockProfile } from '../../profiles/store/profile.repository.js';

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

/** Secret links to an institute's calls. */
@Injectable()
export class FeedRepository {
  constructor(private readonly database: DataSource) {}

  /** Stores a link. False, without storing, if the institute already has `most` active ones. */
  async add(feed: Omit<FeedEntity, 'lastReadAt' | 'revokedAt'>, most: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Concurrent creations are counted one after the other.
      await lockProfile(tx, feed.profileId);
      if ((await this.alive(feed.profileId, tx).getCount()) >= most) return false;
      await tx.insert(FeedEntity, feed);
      return true;
    });
  }

  /** Returns a page of an institute's active links, newest first. */
  list(
    profileId: string,
    limit: number,
    before: AddressPlace | null,
  ): Promise<{ addresses: WithMaker<FeedEntity>[]; total: number }> {
    return addressesOf(this.alive(profileId), limit, before);
  }

  /** Returns an active link of an institute; null if there is none with this id. */
  async findActive(profileId: string, id: string): Promise<WithMaker<FeedEntity> | null> {
    return (await withMakers(this.alive(profileId).andWhere('address.id = :id', { id })))[0] ?? null;
  }

  /** Returns the link with that hash, if active; records that it was read. */
  async read(tokenHash: string, now: Date): Promise<FeedEntity | null> {
    const feed = await livingAddresses(FeedEntity, this.database.manager)
      .andWhere('address.token_hash = :tokenHash', { tokenHash })
      .getOne();
    if (feed) await this.database.getRepository(FeedEntity).update({ id: feed.id }, { lastReadAt: now });
    return feed;
  }

  /** Revokes an active link; returns whether it was active. */
  revoke(id: string, now: Date): Promise<boolean> {
    return revokeAddress(FeedEntity, this.database.manager, id, now);
  }

  private alive(profileId: string, from: EntityManager = this.database.manager) {
    return livingAddresses(FeedEntity, from).andWhere('address.profile_id = :profileId', { profileId });
  }
}
