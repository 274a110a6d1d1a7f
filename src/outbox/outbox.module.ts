import { Module } from '@nestjs/common';
import { MailDelivery } from './mail-delivery.js';
import { TransactionalMailDue } from './transactional-mail-due.js';
import { TransactionalMailProcessor } from './transactional-mail.processor.js';

/** Transactional e-mails. */
@Module({
  providers: [MailDelivery, TransactionalMailDue, TransactionalMailProcessor],
  exports: [MailDelivery, TransactionalMailDue, TransactionalMailProcessor],
})
export class OutboxModule {}
