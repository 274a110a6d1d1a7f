import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CallEntity } from './call.entity.js';
import { bottomUpSql, liveSql, recentSql } from './call-filter.js';

/** The calls used to try out a profile. */
@Injectable()
export class RecentCallRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns those first seen in the last twelve months, those with a deadline since, and those without a
   * deadline that are not closed.
   */
  async ofLastYear(now: Date): Promise<Set<string>> {
    const since = new Date(now);
    since.setUTCFullYear(since.getUTCFullYear() - 1);
    return this.ids(recentSql(':since', ':now'), { since, now });
  }

  /** Returns those that are open or forthcoming, and have a subject. */
  async toBeHad(now: Date): Promise<Set<string>> {
    return this.ids(`${liveSql(':now')} AND NOT ${bottomUpSql()}`, { now });
  }

  async byIds(ids: string[]): Promise<Map<string, CallEntity>> {
    const calls = await this.database
      .createQueryBuilder(CallEntity, 'call')
      .where('call.id = ANY(:ids)', { ids })
      .getMany();
    return new Map(calls.map((c) => [c.id, c]));
  }

  private async ids(where: string, parameters: Record<string, Date>): Promise<Set<string>> {
    const rows = await this.database
      .createQueryBuilder(CallEntity, 'call')
      .select('call.id', 'id')
      .where(where, parameters)
      .getRawMany<{ id: string }>();
    return new Set(rows.map((r) => r.id));
  }
}
