import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { TakeUpRepository } from './store/take-up.repository.js';

/**
 * Finds institutes whose pipeline lags behind their decisions: a job was lost, or the decision is older than
 * the pipeline.
 */
@Injectable()
export class TakeUpDue implements DueCheck {
  constructor(
    private readonly takeUp: TakeUpRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    return (await this.takeUp.behind(this.clock.now())).map((profileId) => job('take-up', { profileId }));
  }
}
