import { Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import { Reminding } from './reminding.js';

/** Reminds a researcher of a proposal without an answer. */
@Injectable()
export class RemindResearcherProcessor implements Processor<'remind-researcher'> {
  readonly job = 'remind-researcher';

  constructor(private readonly reminding: Reminding) {}

  async run({ proposalId }: JobData<'remind-researcher'>): Promise<NextJob[]> {
    const mailId = await this.reminding.remindOf(proposalId);
    return mailId === null ? [] : [job('mail', { mailId })];
  }
}
