import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../../kernel/jobs.js';
import type { Clock } from '../../kernel/ports.js';
import { PersonRepository } from '../store/person.repository.js';
import type { DueCheck } from '../../platform/schedule/ticker.js';
import { CLOCK } from '../../platform/tokens.js';

/** Officers whom the network removes and who did not keep their place in time. */
@Injectable()
export class LeavingDue implements DueCheck {
  constructor(
    private readonly people: PersonRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    return (await this.people.leaving(this.clock.now())).map((personId) => job('leave', { personId }));
  }
}
