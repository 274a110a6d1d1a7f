import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bottomUpSql, liveSql } from '../../calls/store/call-filter.js';
import { type ListedCall, ListedCalls } from '../../calls/store/call.repository.js';

/** The end of a page: its last call's last deadline, null if it has none, and its id. */
export interface OpenPlace {
  lastDeadlineAt: string | null;
  id: string;
}

/** Calls that are open to any subject. */
@Injectable()
export class BottomUpRepository {
  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
  ) {}

  /** Returns those that are open or forthcoming, earliest closing first. */
  async list(
    now: Date,
    limit: number,
    after: OpenPlace | null,
  ): Promise<{ calls: ListedCall[]; total: number }> {
    const key = `coalesce(last_deadline_at, 'infinity')`;
    const rows = await this.database.query<{ id: string; total: number }[]>(
      `WITH open AS MATERIALIZED (SELECT id, last_deadline_at FROM call WHERE ${liveSql('$1::timestamptz')} AND ${bottomUpSql()})
       SELECT id, (SELECT count(*)::int FROM open) AS total FROM open
        WHERE $3::uuid IS NULL OR (${key}, id) > ($2::timestamptz, $3::uuid) ORDER BY ${key}, id LIMIT $4`,
      [now, after?.lastDeadlineAt ?? 'infinity', after?.id ?? null, limit],
    );
    const calls = await this.listed.byId(rows.map(({ id }) => id));
    return { calls: rows.map(({ id }) => calls.get(id)!), total: rows[0]?.total ?? 0 };
  }
}
