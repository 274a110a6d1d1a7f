import { randomUUID } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { Injectable } from '@nestjs/common';
import type { SourceRequest } from '../domain/request.js';
import { HarvestRequestEntity } from './harvest-run.entity.js';
import { sourceSubject, UNKNOWN } from '../../monitoring/domain/alarm-words.js';
import type { AlarmEntity } from '../../monitoring/store/monitor.entity.js';
import { MonitorStates } from '../../monitoring/store/monitor-states.js';
import { SourceEntity } from './source.entity.js';
import { calmAfter } from './source-states.js';

export function addRequests(
  tx: EntityManager,
  runId: string,
  scan: 1 | 2,
  requests: SourceRequest[],
): Promise<HarvestRequestEntity[]> {
  return tx.save(
    requests.map((request) =>
      tx.create(HarvestRequestEntity, { id: randomUUID(), runId, scan, key: request.key, request }),
    ),
  );
}

/** Reports the state of sources to the monitoring. */
@Injectable()
export class SourceObservation {
  constructor(
    private readonly database: DataSource,
    private readonly monitors: MonitorStates,
  ) {}

  /**
   * Reports a source's state as stored in the database. Its row is locked, as by every change: otherwise an
   * outdated state could be reported as the newest. A row being changed reports itself and is skipped.
   */
  async observeSource(id: string, now: Date): Promise<AlarmEntity | null> {
    // Most calls find nothing new. A lock would make a harvest that is due at this moment skip the source.
    if (!(await this.differs(id))) return null;
    return this.database.transaction(async (tx) => {
      const source = await tx.findOne(SourceEntity, {
        where: { id },
        lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
      });
      if (!source || source.state === UNKNOWN) return null;
      return this.monitors.observe(tx, {
        subject: sourceSubject(id),
        state: source.state,
        reason: source.reason,
        since: source.stateSince,
        calmMs: calmAfter(source.dueAt, now),
        now,
      });
    });
  }

  /** Whether a source that has been read is in another state than recorded. */
  private async differs(id: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      'SELECT s.id FROM source s LEFT JOIN monitor w ON w.subject = $2 WHERE s.id = $1 AND s.state <> $3 AND w.state IS DISTINCT FROM s.state',
      [id, sourceSubject(id), UNKNOWN],
    );
    return rows.length > 0;
  }
}
