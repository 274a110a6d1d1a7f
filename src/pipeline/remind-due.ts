import { Inject, Injectable } from '@nestjs/common';
import { isAwake } from '../kernel/brussels.js';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { ReminderRepository } from './store/reminder.repository.js';

/** Finds the people who are due a pipeline reminder. */
@Injectable()
export class RemindDue implements DueCheck {
  constructor(
    private readonly reminders: ReminderRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    if (!isAwake(now)) return [];
    return (await this.reminders.due(now)).map((personId) => job('remind', { personId }));
  }
}
