import { Injectable } from '@nestjs/common';
import { CarnotError, ShapeError } from '../kernel/errors.js';
import type { JobData, NextJob, Processor } from '../kernel/jobs.js';
import type { HarvestRequestEntity } from './store/harvest-request.entity.js';
import { RunRepository } from './store/run.repository.js';
import { DocumentFetch } from './document-fetch.js';
import { RunAdvance } from './runs/run-advance.js';
import { RunOutcome } from './runs/run-outcome.js';
import type { Source } from './source-registry.js';
import { Sources } from './sources.js';

/** Makes one request of a run, stores the bytes, and advances the run. */
@Injectable()
export class FetchProcessor implements Processor<'fetch'> {
  readonly job = 'fetch';

  constructor(
    private readonly runs: RunRepository,
    private readonly sources: Sources,
    private readonly document: DocumentFetch,
    private readonly advance: RunAdvance,
    private readonly outcome: RunOutcome,
  ) {}

  async run({ requestId }: JobData<'fetch'>): Promise<NextJob[]> {
    const request = await this.runs.findRequest(requestId);
    const run = request && (await this.runs.find(request.runId));
    const source = run && this.sources.find(run.sourceId);
    if (!source || run.endedAt) return [];
    if (request.documentHash === null) await this.fetched(source, request);
    return this.advance.next(run);
  }

  /** One page in another form is an accident of the portal; if it happens twice, the form has changed. */
  private async fetched(source: Source, request: HarvestRequestEntity): Promise<void> {
    try {
      await this.document.fetch(source, request);
    } catch (error) {
      if (error instanceof ShapeError && request.rejectedHash === null)
        throw new CarnotError('OddPage', error.message, 'later', { cause: error });
      throw error;
    }
  }

  async giveUp({ requestId }: JobData<'fetch'>, error: Error): Promise<NextJob[]> {
    const request = await this.runs.findRequest(requestId);
    const run = request && (await this.runs.find(request.runId));
    if (!run) return [];
    if (await this.document.doWithout(request, error)) return this.advance.next(run);
    await this.outcome.failed(run.id, error);
    return [];
  }
}
