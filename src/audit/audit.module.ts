import { Module } from '@nestjs/common';
import { AuditController } from './api/audit.controller.js';
import { Audit } from './audit.js';

/** The audit log. */
@Module({
  controllers: [AuditController],
  providers: [Audit],
  exports: [Audit],
})
export class AuditModule {}
