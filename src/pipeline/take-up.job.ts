import { Inject } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { TakeUpRepository } from './store/take-up.repository.js';
import { TAKE_UP } from '../decisions/jobs.js';
import { type Job, Runs, type JobData, type NextJob, job } from '../platform/queue/job.js';

/** Applies an institute's verdicts, proposals and their answers to its pipeline. */
@Runs(TAKE_UP)
export class TakeUpJob implements Job<typeof TAKE_UP> {
  constructor(
    private readonly takeUp: TakeUpRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Finds institutes whose pipeline lags behind their decisions: a job was lost, or the decision is older
   * than the pipeline.
   */
  async due(): Promise<NextJob[]> {
    return (await this.takeUp.behind(this.clock.now())).map((profileId) => job(TAKE_UP, { profileId }));
  }

  async run({ profileId }: JobData<typeof TAKE_UP>): Promise<NextJob[]> {
    await this.takeUp.takeUp(profileId, this.clock.now());
    return [];
  }
}
