import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SourceEntity } from '../entities/source.entity.js';

/** What is known of each source. */
@Injectable()
export class SourceRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(SourceEntity);
  }

  /** Makes a row for each source that has none, due at once. */
  async ensure(ids: string[], now: Date): Promise<void> {
    await this.table.createQueryBuilder().insert().values(ids.map((id) => ({ id, dueAt: now }))).orIgnore().execute();
  }

  all(): Promise<SourceEntity[]> {
    return this.table.find({ order: { id: 'ASC' } });
  }

  /** How many calls each source shows, and how many of them its last good run did not. */
  async counts(): Promise<Map<string, { calls: number; missing: number }>> {
    const rows: { id: string; calls: string; missing: string }[] = await this.database.query(
      `SELECT source_id AS id, count(*) FILTER (WHERE missing_since IS NULL) AS calls,
              count(*) FILTER (WHERE missing_since IS NOT NULL) AS missing
         FROM sighting GROUP BY source_id`,
    );
    return new Map(rows.map((r) => [r.id, { calls: Number(r.calls), missing: Number(r.missing) }]));
  }
}
