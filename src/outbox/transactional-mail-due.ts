import { Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import { STALE_MS } from './domain/tries.js';
import { TransactionalMailRepository } from './store/transactional-mail.repository.js';
import type { DueCheck } from '../platform/schedule/ticker.js';

/** Mails that wait in the outbox: their jobs were lost, or they did not leave at the first try. */
@Injectable()
export class TransactionalMailDue implements DueCheck {
  constructor(private readonly mails: TransactionalMailRepository) {}

  async due(): Promise<NextJob[]> {
    return (await this.mails.waiting(STALE_MS)).map((mailId) => job('mail', { mailId }));
  }
}
