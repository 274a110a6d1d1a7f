import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Profile } from '../../domain/profile/profile.js';
import { CallEntity } from '../entities/call.entity.js';
import { ProfileVersionEntity } from '../entities/profile-version.entity.js';
import { ProfileEntity } from '../entities/profile.entity.js';
import { STATUS_SQL } from './call.repository.js';

/** The institutes as the network sees them. */
@Injectable()
export class InstituteRepository {
  constructor(private readonly database: DataSource) {}

  /** Makes an institute that no file brings, with the first version of its profile. False where there is one with that id: it stays as it is. */
  async make(content: Profile, by: string, now: Date): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const row = { id: content.id, content, revision: 1, fileHash: null, fileConflict: null, editedAt: now, updatedAt: now };
      const made = await tx.createQueryBuilder().insert().into(ProfileEntity).values(row).orIgnore().returning('id').execute();
      if ((made.raw as unknown[]).length === 0) return false;
      await tx.insert(ProfileVersionEntity, { profileId: content.id, number: 1, content, origin: 'edit', by, savedAt: now });
      return true;
    });
  }

  /** How many calls that are open or to open fit each institute with that score at least. */
  async strongMatches(minScore: number, now: Date): Promise<Map<string, number>> {
    const rows = await this.database.createQueryBuilder(CallEntity, 'call').innerJoin('match', 'm', 'm.call_id = call.id')
      .select('m.profile_id', 'id').addSelect('count(*)::int', 'n')
      .where('m.score >= :minScore', { minScore }).andWhere(`${STATUS_SQL} IN ('open', 'forthcoming')`, { now }).groupBy('m.profile_id')
      .getRawMany<{ id: string; n: number }>();
    return new Map(rows.map(({ id, n }) => [id, n]));
  }
}
