import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { PartnerReading } from '../../domain/partner-validation.js';
import { PartnerReadingEntity } from './partner-reading.entity.js';
import { storePartnerSearches } from './partner-store.js';

/** A reading that has begun, and what it is compared with. */
export interface BegunReading {
  claim: string;
  startedAt: Date;
  refused: number | null;
}
/** The end of a reading that changes nothing. */
export interface InVain {
  state: 'rejected' | 'failed';
  reason: string;
  dueAt: Date;
  refused: number | null;
}

/** A known call is queried until it is over: its deadline has passed, or its source has withdrawn it. */
const ALIVE = '(c.last_deadline_at IS NULL OR c.last_deadline_at > $2) AND c.withdrawn_at IS NULL';

/** The partner search readings: one row per source, with its due time. */
@Injectable()
export class PartnerReadingRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(PartnerReadingEntity);
  }

  async all(): Promise<Map<string, PartnerReadingEntity>> {
    return new Map((await this.table.find()).map((r) => [r.sourceId, r]));
  }

  /**
   * Returns the due sources among these: after their first good harvest, since no topic is known before it.
   */
  async due(sourceIds: string[], now: Date): Promise<string[]> {
    await this.database.query(
      `INSERT INTO partner_reading (source_id, due_at) SELECT id, $2 FROM source WHERE id = ANY($1) AND last_good_run_at IS NOT NULL ON CONFLICT DO NOTHING`,
      [sourceIds, now],
    );
    const rows: { id: string }[] = await this.database.query(
      'SELECT source_id AS id FROM partner_reading WHERE source_id = ANY($1) AND due_at <= $2 ORDER BY 1',
      [sourceIds, now],
    );
    return rows.map((r) => r.id);
  }

  /**
   * Begins a due reading; returns null if it is no longer due. It becomes due again at `again`, in case its
   * process is killed.
   */
  async begin(sourceId: string, now: Date, again: Date): Promise<BegunReading | null> {
    const claim = randomUUID();
    const [rows]: [{ refused: number | null }[]] = await this.database.query(
      `UPDATE partner_reading SET state = 'reading', claim = $3, started_at = $2, due_at = $4 WHERE source_id = $1 AND due_at <= $2 RETURNING refused`,
      [sourceId, now, claim, again],
    );
    return rows[0] ? { claim, startedAt: now, refused: rows[0].refused } : null;
  }

  /** Returns a source's topics that are not over, with their identifiers as written there. */
  async topics(sourceId: string, now: Date): Promise<string[]> {
    const rows: { topic: string }[] = await this.database.query(
      `SELECT DISTINCT s.summary->>'identifier' AS topic FROM source_record s JOIN call c ON c.id = s.call_id
        WHERE s.source_id = $1 AND s.gone_at IS NULL AND s.summary->>'kind' = 'grant' AND s.summary->>'identifier' IS NOT NULL AND ${ALIVE} ORDER BY 1`,
      [sourceId, now],
    );
    return rows.map((r) => r.topic);
  }

  /** Returns the number of partner searches known for these topics. */
  async known(sourceId: string, topics: string[]): Promise<number> {
    const rows: { n: number }[] = await this.database.query(
      'SELECT count(DISTINCT id)::int AS n FROM partner_search WHERE source_id = $1 AND gone_at IS NULL AND topic = ANY($2)',
      [sourceId, topics.map((t) => t.toLowerCase())],
    );
    return rows[0]!.n;
  }

  /**
   * Stores the result of an accepted reading and ends it, in one transaction; returns the number of new
   * searches, null if another reading has begun since.
   */
  async accepted(
    sourceId: string,
    begun: BegunReading,
    topics: string[],
    reading: PartnerReading,
    ends: { now: Date; dueAt: Date },
  ): Promise<number | null> {
    return this.database.transaction(async (tx) => {
      const [rows]: [{ baseline: boolean }[]] = await tx.query(
        `UPDATE partner_reading SET state = 'accepted', reason = NULL, claim = NULL, ended_at = $3, due_at = $4, refused = NULL, unread = $5, unread_why = $6
          WHERE source_id = $1 AND claim = $2 RETURNING last_good_at IS NULL AS baseline`,
        [sourceId, begun.claim, ends.now, ends.dueAt, reading.unread, reading.unreadWhy],
      );
      if (!rows[0]) return null;
      await tx.update(PartnerReadingEntity, { sourceId }, { lastGoodAt: begun.startedAt });
      return storePartnerSearches(tx, {
        sourceId,
        topics,
        reading,
        at: begun.startedAt,
        baseline: rows[0].baseline,
      });
    });
  }

  /** Ends a reading that is not stored. */
  async inVain(
    sourceId: string,
    { claim }: BegunReading,
    { state, reason, dueAt, refused }: InVain,
    now: Date,
  ): Promise<void> {
    await this.table.update(
      { sourceId, claim },
      { state, reason, claim: null, endedAt: now, dueAt, refused },
    );
  }
}
