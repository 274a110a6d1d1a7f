import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Profile } from '../domain/profile.js';
import { ProfileVersionEntity } from './profile.entity.js';

/** How a version came about, apart from its content. */
export type Saving = Pick<ProfileVersionEntity, 'origin' | 'by' | 'byId' | 'savedAt'>;

/** Returns the number of a profile's last version; 0 if it has none. */
export async function lastVersion(tx: EntityManager, profileId: string): Promise<number> {
  const rows: { n: number }[] = await tx.query(
    'SELECT coalesce(max(number), 0)::int AS n FROM profile_version WHERE profile_id = $1',
    [profileId],
  );
  return rows[0]!.n;
}

/**
 * Stores a version of a profile that was just saved. The profile's row must be locked, so that two saves do
 * not get the same number.
 */
export async function keepVersion(tx: EntityManager, content: Profile, saving: Saving): Promise<number> {
  const number = (await lastVersion(tx, content.id)) + 1;
  await tx.insert(ProfileVersionEntity, {
    profileId: content.id,
    number,
    content: content as never,
    ...saving,
  });
  return number;
}

@Injectable()
export class ProfileVersionRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(ProfileVersionEntity);
  }

  /** Returns a page of a profile's versions, newest first. */
  async list(
    profileId: string,
    limit: number,
    before: number | null,
  ): Promise<{ versions: ProfileVersionEntity[]; total: number }> {
    const query = this.table
      .createQueryBuilder('v')
      .where('v.profile_id = :profileId', { profileId })
      .orderBy('v.number', 'DESC')
      .limit(limit);
    if (before !== null) query.andWhere('v.number < :before', { before });
    return { versions: await query.getMany(), total: await this.table.countBy({ profileId }) };
  }

  findByNumber(profileId: string, number: number): Promise<ProfileVersionEntity | null> {
    return this.table.findOneBy({ profileId, number });
  }

  /** Returns the number of the last version of each of these profiles. */
  async lastOf(profileIds: string[]): Promise<Map<string, number>> {
    const rows: { id: string; n: number }[] = await this.database.query(
      'SELECT profile_id AS id, max(number)::int AS n FROM profile_version WHERE profile_id = ANY($1) GROUP BY profile_id',
      [profileIds],
    );
    return new Map(rows.map((r) => [r.id, r.n]));
  }
}
