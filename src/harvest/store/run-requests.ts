import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { SourceRequest } from '../domain/request.js';
import { HarvestRequestEntity } from './harvest-run.entity.js';

/** Stores the requests that a run makes next. */
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
