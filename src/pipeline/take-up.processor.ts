import { Inject, Injectable } from '@nestjs/common';
import type { JobData, NextJob, Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { TakeUpRepository } from './store/take-up.repository.js';

/** Applies an institute's verdicts, proposals and their answers to its pipeline. */
@Injectable()
export class TakeUpProcessor implements Processor<'take-up'> {
  readonly job = 'take-up';

  constructor(
    private readonly takeUp: TakeUpRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ profileId }: JobData<'take-up'>): Promise<NextJob[]> {
    await this.takeUp.takeUp(profileId, this.clock.now());
    return [];
  }
}
