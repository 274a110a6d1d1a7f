import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CallEntity } from '../../calls/store/call.entity.js';
import { bottomUpSql, liveSql } from '../../calls/store/call-filter.js';

@Injectable()
export class InstituteRepository {
  constructor(private readonly database: DataSource) {}

  /** Counts, for each institute, the open and forthcoming calls that match with at least this score. */
  async strongMatches(minScore: number, now: Date): Promise<Map<string, number>> {
    const rows = await this.database
      .createQueryBuilder(CallEntity, 'call')
      .innerJoin('match', 'm', 'm.call_id = call.id')
      .select('m.profile_id', 'id')
      .addSelect('count(*)::int', 'n')
      .where('m.score >= :minScore', { minScore })
      .andWhere(`${liveSql(':now')} AND NOT ${bottomUpSql()}`, { now })
      .groupBy('m.profile_id')
      .getRawMany<{ id: string; n: number }>();
    return new Map(rows.map(({ id, n }) => [id, n]));
  }
}
