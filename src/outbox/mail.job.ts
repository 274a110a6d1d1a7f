import { MailDelivery } from './mail-delivery.js';
import { STALE_MS } from './domain/tries.js';
import { TransactionalMailRepository } from './store/transactional-mail.repository.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../platform/queue/job.js';
import { z } from 'zod';

export const MAIL = defineJob({
  name: 'mail',
  queue: 'mail',
  data: z.strictObject({ mailId: z.uuid() }),
  rows: ofAllInstitutes('an e-mail leaves for whoever it is addressed to'),
});

/** Sends one transactional e-mail: a sign-in link, an invitation, a call proposed to a researcher. */
@Runs(MAIL)
export class MailJob implements Job<typeof MAIL> {
  constructor(
    private readonly delivery: MailDelivery,
    private readonly mails: TransactionalMailRepository,
  ) {}

  /** Finds e-mails waiting in the outbox: the job was lost, or the first try failed. */
  async due(): Promise<NextJob[]> {
    return (await this.mails.waiting(STALE_MS)).map((mailId) => job(MAIL, { mailId }));
  }

  async run({ mailId }: JobData<typeof MAIL>): Promise<NextJob[]> {
    await this.delivery.deliver(mailId);
    return [];
  }
}
