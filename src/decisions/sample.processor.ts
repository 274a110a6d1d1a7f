import { Inject, Injectable } from '@nestjs/common';
import { monthAt } from '../calls/domain/months.js';
import type { JobData, NextJob, Processor } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import { asInstitute } from '../platform/database/request-context.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import { RecallSampleRepository } from './store/recall-sample.repository.js';

/** Draws this month's sample of calls that were not sent to an institute. */
@Injectable()
export class SampleProcessor implements Processor<'sample'> {
  readonly job = 'sample';

  constructor(
    private readonly samples: RecallSampleRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ profileId }: JobData<'sample'>): Promise<NextJob[]> {
    const now = this.clock.now();
    const { minScore } = this.settings.digest;
    // By the scores that decided what was sent to its people.
    await asInstitute(profileId, () => this.samples.draw({ profileId, month: monthAt(now), minScore, now }));
    return [];
  }
}
