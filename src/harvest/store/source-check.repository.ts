import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CheckResult } from '../domain/check.js';
import type { Observation } from '../../monitoring/domain/alarm-words.js';
import { MonitorStates } from '../../monitoring/store/alarm.repository.js';
import { SourceCheckEntity } from './source.repository.js';

/** The results of the checks of the sources' form. */
@Injectable()
export class SourceCheckRepository {
  constructor(
    private readonly database: DataSource,
    private readonly monitors: MonitorStates,
  ) {}

  private get table() {
    return this.database.getRepository(SourceCheckEntity);
  }

  /** Inserts a row for each source without one, due at once. */
  async ensure(ids: string[], now: Date): Promise<void> {
    if (ids.length)
      await this.table
        .createQueryBuilder()
        .insert()
        .values(ids.map((sourceId) => ({ sourceId, dueAt: now })))
        .orIgnore()
        .execute();
  }

  async due(ids: string[], now: Date): Promise<string[]> {
    const rows = await this.table
      .createQueryBuilder('c')
      .where('c.source_id = ANY(:ids) AND c.due_at <= :now', { ids, now })
      .orderBy('c.source_id')
      .getMany();
    return rows.map((r) => r.sourceId);
  }

  all(): Promise<SourceCheckEntity[]> {
    return this.table.find();
  }

  /**
   * Stores the results, and reports a change if any, in one transaction. Without an observation there is
   * nothing to report.
   */
  async answered(
    sourceId: string,
    results: CheckResult[],
    { now, dueAt, seen }: { now: Date; dueAt: Date; seen: Observation | null },
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.update(
        SourceCheckEntity,
        { sourceId },
        { results, reason: null, askedAt: now, answeredAt: now, dueAt },
      );
      if (seen) await this.monitors.observe(tx, seen);
    });
  }

  /** Earlier results are kept. */
  async unanswered(
    sourceId: string,
    reason: string,
    { now, dueAt }: { now: Date; dueAt: Date },
  ): Promise<void> {
    await this.table.update({ sourceId }, { reason, askedAt: now, dueAt });
  }

  /** Whether one of these sources had its first good run after `since` and has not been checked yet. */
  async awaited(ids: string[], since: Date): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      'SELECT 1 FROM source_check c JOIN source s ON s.id = c.source_id WHERE s.id = ANY($1) AND c.asked_at IS NULL AND s.last_good_run_at > $2 LIMIT 1',
      [ids, since],
    );
    return rows.length > 0;
  }
}
