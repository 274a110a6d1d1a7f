import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { PersonalDataController } from './api/personal-data.controller.js';
import { Personal } from './personal.js';
import { RetentionProcessor } from './retention.processor.js';
import { RetentionDue } from './retention-due.js';

const SERVICES = [Personal, RetentionProcessor, RetentionDue];

/** Personal data and retention. */
@Module({
  imports: [AccessModule, AuditModule],
  controllers: [PersonalDataController],
  providers: SERVICES,
  exports: SERVICES,
})
export class PrivacyModule {}
