import { Inject } from '@nestjs/common';
import { Reminding } from './reminding.js';
import { brusselsDate, isAwake } from '../kernel/brussels.js';
import type { Clock } from '../kernel/ports.js';
import { CLOCK } from '../platform/tokens.js';
import { ProposalReminderRepository } from './store/proposal-reminder.repository.js';
import { MAIL } from '../outbox/mail.job.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofItsInstitute,
} from '../platform/queue/job.js';
import { z } from 'zod';

export const REMIND_RESEARCHER = defineJob({
  name: 'remind-researcher',
  queue: 'mail',
  data: z.strictObject({ profileId: z.string(), proposalId: z.uuid() }),
  rows: ofItsInstitute,
});

/** Reminds a researcher of a proposal without an answer. */
@Runs(REMIND_RESEARCHER)
export class RemindResearcherJob implements Job<typeof REMIND_RESEARCHER> {
  constructor(
    private readonly reminding: Reminding,
    private readonly reminders: ProposalReminderRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds the researchers who are due a reminder of a proposal. */
  async due(): Promise<NextJob[]> {
    const now = this.clock.now();
    if (!isAwake(now)) return [];
    return (await this.reminders.due(brusselsDate(now), now)).map((proposal) =>
      job(REMIND_RESEARCHER, proposal),
    );
  }

  async run({ proposalId }: JobData<typeof REMIND_RESEARCHER>): Promise<NextJob[]> {
    const mailId = await this.reminding.remindOf(proposalId);
    return mailId === null ? [] : [job(MAIL, { mailId })];
  }
}
