import { Module } from '@nestjs/common';
import { TransactionalMailDue } from './transactional-mail-due.js';
import { TransactionalMailProcessor } from './transactional-mail.processor.js';

/** Mails of one occasion. */
@Module({
  providers: [TransactionalMailDue, TransactionalMailProcessor],
  exports: [TransactionalMailDue, TransactionalMailProcessor],
})
export class OutboxModule {}
