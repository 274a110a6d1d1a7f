import { Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import { RunRepository } from './store/run.repository.js';
import { RunAdvance } from './runs/run-advance.js';
import { RunOutcome } from './runs/run-outcome.js';

/** Starts a run, or resumes one whose jobs were lost when their process died. */
@Injectable()
export class AdvanceProcessor implements Processor<'advance'> {
  readonly job = 'advance';

  constructor(
    private readonly runs: RunRepository,
    private readonly advance: RunAdvance,
    private readonly outcome: RunOutcome,
  ) {}

  async run({ runId }: JobData<'advance'>): Promise<NextJob[]> {
    const run = await this.runs.find(runId);
    if (!run || run.endedAt) return [];
    if (run.state === 'judging') return [job('judge', { runId })];
    const out = (await this.runs.requests(runId)).filter((r) => r.documentHash === null);
    return out.length ? out.map((r) => job('fetch', { requestId: r.id })) : this.advance.next(run);
  }

  async giveUp({ runId }: JobData<'advance'>, error: Error): Promise<void> {
    await this.outcome.failed(runId, error);
  }
}
