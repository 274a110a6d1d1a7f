import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { SeenCall } from '../../domain/findings.js';
import { HarvestRequestEntity } from '../run.repository.js';
import { SourceRecordEntity, writeSourceRecords } from '../source-record.repository.js';
import { SourceEntity } from '../source.repository.js';
import { longTransaction } from '../../../platform/database/connections.js';
import { writeVersions, type CallWrite } from './call-writer.js';
import { STORE_LOCK } from '../../../platform/database/locks.js';

export type Rejected = Pick<HarvestRequestEntity, 'key' | 'rejectedHash' | 'rejectedWhy'>;

/** A source's record of a call, and what is now read in the same document. */
interface ReadAnew {
  sourceRecord: SourceRecordEntity;
  seen: SeenCall;
}

/** Rewrites stored calls as a changed parser reads their documents. */
@Injectable()
export class CallRewrite {
  constructor(private readonly database: DataSource) {}

  live(sourceId: string): Promise<SourceRecordEntity[]> {
    return this.database
      .createQueryBuilder(SourceRecordEntity, 's')
      .where('s.source_id = :sourceId AND s.gone_at IS NULL', { sourceId })
      .orderBy('s.key')
      .getMany();
  }

  /** Returns the unreadable documents of the runs since the last good one. */
  rejected(sourceId: string): Promise<Rejected[]> {
    return this.database.query(
      `SELECT q.key, q.rejected_hash AS "rejectedHash", q.rejected_why AS "rejectedWhy" FROM harvest_request q JOIN harvest_run r ON r.id = q.run_id
        WHERE r.source_id = $1 AND q.rejected_hash IS NOT NULL
          AND r.started_at > coalesce((SELECT max(started_at) FROM harvest_run WHERE source_id = $1 AND kind = 'full' AND state = 'accepted'), '-infinity')
        ORDER BY r.started_at, q.key`,
      [sourceId],
    );
  }

  /**
   * Replaces stored content with the new reading. Each call gets a version, so that matching follows; no
   * change is reported, since nothing happened to the call. The source is read again at once. A call for
   * which a run has stored something newer is left alone; returns how many were replaced.
   */
  async apply(sourceId: string, wanted: ReadAnew[], now: Date): Promise<number> {
    return longTransaction(this.database, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [STORE_LOCK]);
      await tx.query('SELECT id FROM source WHERE id = $1 FOR UPDATE', [sourceId]);
      const calls = await this.unchanged(tx, sourceId, wanted);
      const leading = calls.filter(({ sourceRecord }) => sourceRecord.leads);
      const known: { id: string; version: number; withdrawnAt: Date | null; runId: string }[] =
        await tx.query(
          `SELECT c.id, c.version, c.withdrawn_at AS "withdrawnAt", v.run_id AS "runId"
           FROM call c JOIN call_version v ON v.call_id = c.id AND v.version = c.version WHERE c.id = ANY($1)`,
          [leading.map(({ sourceRecord }) => sourceRecord.callId)],
        );
      const byId = new Map(known.map((k) => [k.id, k]));
      for (const runId of new Set(known.map((k) => k.runId))) {
        const writes = leading
          .filter(({ sourceRecord }) => byId.get(sourceRecord.callId)!.runId === runId)
          .map(({ sourceRecord: { callId }, seen }): CallWrite => {
            const { version, withdrawnAt } = byId.get(callId)!;
            return { callId, version: version + 1, seen, changes: [], withdrawnAt };
          });
        await writeVersions(tx, writes, { source: { id: sourceId }, runId, now });
      }
      const sourceRecords = calls.map(({ sourceRecord: { callId, leads, owns }, seen }) => ({
        callId,
        leads,
        owns,
        seen,
      }));
      for (const evidence of ['harvest', 'list'] as const) {
        const shown = new Set(
          calls.filter((c) => c.sourceRecord.evidence === evidence).map((c) => c.seen.key),
        );
        await writeSourceRecords(
          tx,
          sourceRecords.filter((s) => shown.has(s.seen.key)),
          { source: { id: sourceId }, now, evidence },
        );
      }
      await tx.update(SourceEntity, { id: sourceId }, { dueAt: now });
      return calls.length;
    });
  }

  private async unchanged(tx: EntityManager, sourceId: string, calls: ReadAnew[]): Promise<ReadAnew[]> {
    const now: { key: string; hash: string; leads: boolean }[] = await tx.query(
      'SELECT key, content_hash AS hash, leads FROM source_record WHERE source_id = $1 AND key = ANY($2) AND gone_at IS NULL',
      [sourceId, calls.map((c) => c.seen.key)],
    );
    const byKey = new Map(now.map((n) => [n.key, n]));
    return calls.filter(
      ({ sourceRecord: s }) =>
        byKey.get(s.key)?.hash === s.contentHash && byKey.get(s.key)!.leads === s.leads,
    );
  }
}
