import { Inject, Injectable } from '@nestjs/common';
import { beginning, monthAt } from '../calls/domain/months.js';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { RecallSampleRepository } from './store/recall-sample.repository.js';

/** Institutes due for a sample of calls that were not sent to them: once a month, by months in Brussels. */
@Injectable()
export class SampleDue implements DueCheck {
  constructor(
    private readonly samples: RecallSampleRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const month = monthAt(this.clock.now());
    const behind = await this.samples.behind(month, beginning(month));
    return behind.map((profileId) => job('sample', { profileId }));
  }
}
