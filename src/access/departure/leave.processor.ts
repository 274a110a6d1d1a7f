import { Inject, Injectable } from '@nestjs/common';
import type { JobData, NextJob, Processor } from '../../kernel/jobs.js';
import type { Clock } from '../../kernel/ports.js';
import { PersonRepository } from '../store/person.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { Departures } from './departures.js';

/**
 * Tells everybody on the day before an officer leaves who did not keep their place in time; then removes
 * them, and tells those who stay what ended with them.
 */
@Injectable()
export class LeaveProcessor implements Processor<'leave'> {
  readonly job = 'leave';

  constructor(
    private readonly people: PersonRepository,
    private readonly departures: Departures,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ personId }: JobData<'leave'>): Promise<NextJob[]> {
    await this.departures.remind(personId);
    const left = await this.people.leave(personId, this.clock.now());
    if (left)
      await this.departures.tell(left, 'left', { name: left.person.leavesAskedBy ?? left.person.name }, true);
    return [];
  }
}
