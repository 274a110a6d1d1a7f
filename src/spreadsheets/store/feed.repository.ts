import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { lockProfile } from '../../profiles/store/lock-profile.js';
import { PersonEntity } from '../../access/store/person.entity.js';
import { FeedEntity } from './feed.entity.js';

/** A secret link with its creator's name. */
export type FeedWithMaker = FeedEntity & { madeBy: string | null };

/** The end of the last page of links. */
export interface FeedPlace {
  at: string;
  id: string;
}

/** Secret links to tables. */
@Injectable()
export class FeedRepository {
  constructor(private readonly database: DataSource) {}

  /** Stores a link. False, without storing, if the institute already has `most` active ones. */
  async add(feed: Omit<FeedEntity, 'lastReadAt' | 'revokedAt'>, most: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Concurrent creations are counted one after the other.
      await lockProfile(tx, feed.profileId);
      if ((await this.alive(tx).andWhere('feed.profile_id = :profileId', feed).getCount()) >= most)
        return false;
      await tx.insert(FeedEntity, feed);
      return true;
    });
  }

  /** Returns a page of an institute's active links, newest first. */
  async list(
    profileId: string,
    limit: number,
    before: FeedPlace | null,
  ): Promise<{ feeds: FeedWithMaker[]; total: number }> {
    const query = this.alive().andWhere('feed.profile_id = :profileId', { profileId });
    const total = await query.getCount();
    if (before) query.andWhere('(feed.created_at, feed.id) < (:at, :id)', before);
    const { entities, raw } = await query
      .addSelect('person.name', 'made_by')
      .orderBy('feed.created_at', 'DESC')
      .addOrderBy('feed.id', 'DESC')
      .limit(limit)
      .getRawAndEntities<{ made_by: string | null }>();
    return { feeds: entities.map((feed, i) => ({ ...feed, madeBy: raw[i]!.made_by })), total };
  }

  /** Returns an active link of an institute; null if there is none with this id. */
  async findById(profileId: string, id: string): Promise<FeedWithMaker | null> {
    const { entities, raw } = await this.alive()
      .andWhere('feed.profile_id = :profileId AND feed.id = :id', { profileId, id })
      .addSelect('person.name', 'made_by')
      .getRawAndEntities<{ made_by: string | null }>();
    return entities[0] ? { ...entities[0], madeBy: raw[0]!.made_by } : null;
  }

  /** Returns the link with that hash, if active; records that it was read. */
  async read(tokenHash: string, now: Date): Promise<FeedEntity | null> {
    const feed = await this.alive().andWhere('feed.token_hash = :tokenHash', { tokenHash }).getOne();
    if (feed) await this.database.getRepository(FeedEntity).update({ id: feed.id }, { lastReadAt: now });
    return feed;
  }

  /** Revokes an active link; returns whether the institute had it. */
  async revoke(profileId: string, id: string, now: Date): Promise<boolean> {
    return (
      ((
        await this.database
          .getRepository(FeedEntity)
          .update({ id, profileId, revokedAt: IsNull() }, { revokedAt: now })
      ).affected ?? 0) > 0
    );
  }

  /** A link is active until it is revoked, or until its creator can no longer see the institute. */
  private alive(from: EntityManager = this.database.manager) {
    return from
      .createQueryBuilder(FeedEntity, 'feed')
      .innerJoin(
        PersonEntity,
        'person',
        'person.id = feed.person_id AND person.removed_at IS NULL AND person.profile_id = feed.profile_id',
      )
      .where('feed.revoked_at IS NULL');
  }
}
