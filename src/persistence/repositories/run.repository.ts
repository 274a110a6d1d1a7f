import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource, IsNull, LessThan, type EntityManager } from 'typeorm';
import type { SourceRequest } from '../../domain/source/source.js';
import { HarvestRequestEntity } from '../entities/harvest-request.entity.js';
import { HarvestRunEntity, type RunCounts, type RunState } from '../entities/harvest-run.entity.js';

/** What a run does next: fetch these, be judged, or nothing yet because requests are still out. */
export type Step = { fetch: HarvestRequestEntity[] } | 'judge' | 'wait';

/** Harvests and the requests that they planned. */
@Injectable()
export class RunRepository {
  constructor(private readonly database: DataSource) {}

  /** Begins a run of the source, or gives the one that is under way. */
  async begin(sourceId: string, now: Date): Promise<{ run: HarvestRunEntity; begun: boolean }> {
    const fresh = { id: randomUUID(), sourceId, state: 'reading' as const, startedAt: now };
    const inserted = await this.database.createQueryBuilder().insert().into(HarvestRunEntity).values(fresh).orIgnore().returning('id').execute();
    const run = await this.underWay(sourceId);
    // Between the two statements the other run may have ended: then there is nothing under way, and we begin anew.
    return run ? { run, begun: (inserted.raw as unknown[]).length === 1 } : this.begin(sourceId, now);
  }

  underWay(sourceId: string): Promise<HarvestRunEntity | null> {
    return this.database.getRepository(HarvestRunEntity).findOneBy({ sourceId, endedAt: IsNull() });
  }

  allUnderWay(): Promise<HarvestRunEntity[]> {
    return this.database.getRepository(HarvestRunEntity).findBy({ endedAt: IsNull() });
  }

  find(id: string): Promise<HarvestRunEntity | null> {
    return this.database.getRepository(HarvestRunEntity).findOneBy({ id });
  }

  latest(sourceId: string): Promise<HarvestRunEntity | null> {
    return this.database.getRepository(HarvestRunEntity).findOne({ where: { sourceId }, order: { startedAt: 'DESC' } });
  }

  findRequest(id: string): Promise<HarvestRequestEntity | null> {
    return this.database.getRepository(HarvestRequestEntity).findOneBy({ id });
  }

  /** The run's requests, answered or not, in the order in which they were answered. */
  requests(runId: string): Promise<HarvestRequestEntity[]> {
    return this.database.getRepository(HarvestRequestEntity).find({ where: { runId }, order: { fetchedAt: 'ASC', key: 'ASC' } });
  }

  async answered(requestId: string, documentHash: string, now: Date): Promise<void> {
    await this.database.getRepository(HarvestRequestEntity).update({ id: requestId, documentHash: IsNull() }, { documentHash, fetchedAt: now });
  }

  /**
   * Moves a run on. `next` is asked, under the run's lock, only when no request is out: so of many workers that finish at
   * once one plans, and no request is planned twice.
   */
  async advance(
    runId: string,
    next: (requests: HarvestRequestEntity[]) => Promise<{ scan: 1 | 2; requests: SourceRequest[] } | null>,
  ): Promise<Step> {
    return this.database.transaction(async (tx) => {
      const run = await tx.findOne(HarvestRunEntity, { where: { id: runId }, lock: { mode: 'pessimistic_write' } });
      if (!run || run.state !== 'reading') return 'wait';
      const requests = await tx.find(HarvestRequestEntity, { where: { runId }, order: { fetchedAt: 'ASC', key: 'ASC' } });
      if (requests.some((r) => r.documentHash === null)) return 'wait';
      const planned = await next(requests);
      if (planned) return { fetch: await this.addRequests(tx, runId, planned.scan, planned.requests) };
      await tx.update(HarvestRunEntity, { id: runId }, { state: 'judging' });
      return 'judge';
    });
  }

  private async addRequests(tx: EntityManager, runId: string, scan: 1 | 2, requests: SourceRequest[]): Promise<HarvestRequestEntity[]> {
    const rows = requests.map((request) => tx.create(HarvestRequestEntity, { id: randomUUID(), runId, scan, key: request.key, request }));
    return tx.save(rows);
  }

  /** Ends a run that is under way; false where it had ended already. */
  async end(id: string, state: RunState, now: Date, outcome: { reason?: string; counts?: RunCounts }): Promise<boolean> {
    const result = await this.database.getRepository(HarvestRunEntity)
      .update({ id, endedAt: IsNull() }, { state, endedAt: now, reason: outcome.reason ?? null, counts: outcome.counts ?? null });
    return result.affected === 1;
  }

  /** Runs of which nothing was heard since then, by the machine's clock. */
  startedBefore(moment: Date): Promise<HarvestRunEntity[]> {
    return this.database.getRepository(HarvestRunEntity).findBy({ endedAt: IsNull(), startedAt: LessThan(moment) });
  }
}
