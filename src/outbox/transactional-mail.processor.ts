import { Injectable } from '@nestjs/common';
import type { JobData, NextJob, Processor } from '../kernel/jobs.js';
import { MailDelivery } from './mail-delivery.js';

/** Sends one transactional e-mail: a sign-in link, an invitation, a call proposed to a researcher. */
@Injectable()
export class TransactionalMailProcessor implements Processor<'mail'> {
  readonly job = 'mail';

  constructor(private readonly delivery: MailDelivery) {}

  async run({ mailId }: JobData<'mail'>): Promise<NextJob[]> {
    await this.delivery.deliver(mailId);
    return [];
  }
}
