import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { QuickCheckTarget } from '../domain/source.js';
import type { Knowledge } from '../../monitoring/domain/alarm-words.js';
import type { SourceKnowledge } from '../../monitoring/store/alarm-outbox.repository.js';
import { SourceEntity } from './source.entity.js';

/** The state of each source. */
@Injectable()
export class SourceRepository implements SourceKnowledge {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(SourceEntity);
  }

  /** Inserts a row for each source without one, due at once. */
  async ensure(ids: string[], now: Date): Promise<void> {
    await this.table
      .createQueryBuilder()
      .insert()
      .values(ids.map((id) => ({ id, dueAt: now })))
      .orIgnore()
      .execute();
  }

  all(): Promise<SourceEntity[]> {
    return this.table.find({ order: { id: 'ASC' } });
  }

  findById(id: string): Promise<SourceEntity | null> {
    return this.table.findOneBy({ id });
  }

  async nameProgrammes(id: string, programmeNames: Record<string, string>): Promise<void> {
    await this.table.update({ id }, { programmeNames });
  }

  /** Returns how many calls a source has ever shown. */
  async shownBy(id: string): Promise<number> {
    const rows: { n: number }[] = await this.database.query(
      'SELECT count(*)::int AS n FROM source_record WHERE source_id = $1',
      [id],
    );
    return rows[0]!.n;
  }

  /**
   * Returns the sources among these that are due for a quick check. A failing source is left alone until its
   * next full run.
   */
  async dueForQuickCheck(ids: string[], now: Date): Promise<string[]> {
    const due = await this.table
      .createQueryBuilder('s')
      .select('s.id')
      .where('s.id = ANY(:ids) AND s.quick_check_due_at <= :now AND s.due_at > :now AND s.failures = 0', {
        ids,
        now,
      })
      .getMany();
    return due.map((s) => s.id);
  }

  /** Postpones the next quick check if there is nothing to check. */
  async quickChecked(id: string, next: Date): Promise<void> {
    await this.table.update({ id }, { quickCheckDueAt: next });
  }

  /**
   * Returns the calls of a source that are checked more often: those with a deadline between now and `soon`,
   * and cascade calls that are not over.
   */
  async quickCheckTargets(id: string, now: Date, soon: Date): Promise<QuickCheckTarget[]> {
    return this.database.query(
      `SELECT s.summary->>'reference' AS reference, s.summary->>'url' AS url, s.summary->>'kind' AS kind,
              s.summary->>'identifier' AS identifier, s.summary->>'callIdentifier' AS "callIdentifier"
         FROM source_record s JOIN call c ON c.id = s.call_id
        WHERE s.source_id = $1 AND s.gone_at IS NULL AND (
          (s.summary->>'kind' = 'cascade' AND (c.last_deadline_at IS NULL OR c.last_deadline_at > $2))
          OR EXISTS (SELECT 1 FROM jsonb_array_elements(s.summary->'deadlines') d WHERE (d->>'at')::timestamptz > $2 AND (d->>'at')::timestamptz <= $3))
        ORDER BY s.key`,
      [id, now, soon],
    );
  }

  /** Returns how many calls each source shows, and how many its last good run did not. */
  async counts(
    db: EntityManager = this.database.manager,
  ): Promise<Map<string, { calls: number; missing: number }>> {
    const rows: { id: string; calls: string; missing: string }[] = await db.query(
      `SELECT source_id AS id, count(*) FILTER (WHERE missing_since IS NULL) AS calls,
              count(*) FILTER (WHERE missing_since IS NOT NULL) AS missing
         FROM source_record GROUP BY source_id`,
    );
    return new Map(rows.map((r) => [r.id, { calls: Number(r.calls), missing: Number(r.missing) }]));
  }

  async known(id: string, tx: EntityManager): Promise<Knowledge> {
    const source = await tx.findOneBy(SourceEntity, { id });
    const counts = await this.counts(tx);
    return { calls: counts.get(id)?.calls ?? 0, lastGoodRunAt: source?.lastGoodRunAt ?? null };
  }
}
