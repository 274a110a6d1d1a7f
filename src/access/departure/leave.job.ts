import { Inject } from '@nestjs/common';
import type { Clock } from '../../kernel/ports.js';
import { PersonRepository } from '../store/person.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { Departures } from './departures.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../../platform/queue/job.js';
import { z } from 'zod';

export const LEAVE = defineJob({
  name: 'leave',
  queue: 'mail',
  data: z.strictObject({ personId: z.uuid() }),
  rows: ofAllInstitutes('whoever leaves is told and let in nowhere any more'),
});

/**
 * Tells everybody on the day before an officer leaves who did not keep their place in time; then removes
 * them, and tells those who stay what ended with them.
 */
@Runs(LEAVE)
export class LeaveJob implements Job<typeof LEAVE> {
  constructor(
    private readonly people: PersonRepository,
    private readonly departures: Departures,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Officers whom the network removes and who did not keep their place in time. */
  async due(): Promise<NextJob[]> {
    return (await this.people.leaving(this.clock.now())).map((personId) => job(LEAVE, { personId }));
  }

  async run({ personId }: JobData<typeof LEAVE>): Promise<NextJob[]> {
    await this.departures.remind(personId);
    await this.departures.leave(personId);
    return [];
  }
}
