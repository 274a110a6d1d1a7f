import { Global, Module } from '@nestjs/common';
import { MailDelivery, MailJob } from './mail.job.js';
import { HeldSending } from './store/sending.js';
import { TransactionalMailRepository } from './store/transactional-mail.repository.js';

const STORES = [HeldSending, TransactionalMailRepository];
const SERVICES = [MailDelivery];
const JOBS = [MailJob];

/** Transactional e-mails. */
@Global()
@Module({
  providers: [...STORES, ...SERVICES, ...JOBS],
  exports: [...STORES, ...SERVICES],
})
export class OutboxModule {}
