import { Inject, Injectable } from '@nestjs/common';
import { brusselsDate, isAwake } from '../kernel/brussels.js';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Clock } from '../kernel/ports.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { ProposalReminderRepository } from './store/proposal-reminder.repository.js';

/** Finds the researchers who are due a reminder of a proposal. */
@Injectable()
export class RemindResearchersDue implements DueCheck {
  constructor(
    private readonly reminders: ProposalReminderRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    if (!isAwake(now)) return [];
    return (await this.reminders.due(brusselsDate(now), now)).map((proposalId) =>
      job('remind-researcher', { proposalId }),
    );
  }
}
