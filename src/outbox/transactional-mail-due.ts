import { Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import { STALE_MS } from './domain/tries.js';
import { TransactionalMailRepository } from './store/transactional-mail.repository.js';
import type { DueCheck } from '../platform/schedule/ticker.js';

/** Finds e-mails waiting in the outbox: the job was lost, or the first try failed. */
@Injectable()
export class TransactionalMailDue implements DueCheck {
  constructor(private readonly mails: TransactionalMailRepository) {}

  async due(): Promise<NextJob[]> {
    return (await this.mails.waiting(STALE_MS)).map((mailId) => job('mail', { mailId }));
  }
}
