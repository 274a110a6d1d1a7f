import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { lockProfile } from '../../profiles/store/index.js';
import { FeedEntity } from './feed.entity.js';
import { PersonEntity } from '../../access/store/index.js';

/** A secret address with the name of who made it. */
export type FeedWithMaker = FeedEntity & { madeBy: string | null };

/** Where the last page of addresses ended. */
export interface FeedPlace {
  at: string;
  id: string;
}

/** Secret addresses of tables. */
@Injectable()
export class FeedRepository {
  constructor(private readonly database: DataSource) {}

  /** Keeps an address. False, and nothing is kept, where the institute has `most` alive already. */
  async add(feed: Omit<FeedEntity, 'lastReadAt' | 'revokedAt'>, most: number): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Two that are made at once are counted one after the other.
      await lockProfile(tx, feed.profileId);
      if ((await this.alive(tx).andWhere('feed.profile_id = :profileId', feed).getCount()) >= most)
        return false;
      await tx.insert(FeedEntity, feed);
      return true;
    });
  }

  /** A page of the addresses of an institute that still answer, newest first. */
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

  /** An address of an institute that still answers; null where there is none of this id. */
  async find(profileId: string, id: string): Promise<FeedWithMaker | null> {
    const { entities, raw } = await this.alive()
      .andWhere('feed.profile_id = :profileId AND feed.id = :id', { profileId, id })
      .addSelect('person.name', 'made_by')
      .getRawAndEntities<{ made_by: string | null }>();
    return entities[0] ? { ...entities[0], madeBy: raw[0]!.made_by } : null;
  }

  /** The address with that hash, where it still answers; the reading is noted. */
  async read(tokenHash: string, now: Date): Promise<FeedEntity | null> {
    const feed = await this.alive().andWhere('feed.token_hash = :tokenHash', { tokenHash }).getOne();
    if (feed) await this.database.getRepository(FeedEntity).update({ id: feed.id }, { lastReadAt: now });
    return feed;
  }

  /** Whether there was such an address of theirs that answered. */
  async revoke(profileId: string, id: string, now: Date): Promise<boolean> {
    return (
      ((
        await this.database
          .getRepository(FeedEntity)
          .update({ id, profileId, revokedAt: IsNull() }, { revokedAt: now })
      ).affected ?? 0) > 0
    );
  }

  /** An address answers until it is revoked, or until who made it may not see the institute any more. */
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
