import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { RequestContextInterceptor } from './request-context.js';
import { AuditController } from './api/audit.controller.js';
import { Audit } from './audit.js';
import { AuditPages } from './pages/audit.controller.js';
import { AuditRepository } from './store/audit.repository.js';

const STORES = [AuditRepository];
const SERVICES = [Audit];

@Global()
@Module({
  controllers: [AuditController, AuditPages],
  providers: [...STORES, ...SERVICES, { provide: APP_INTERCEPTOR, useClass: RequestContextInterceptor }],
  exports: [...STORES, ...SERVICES],
})
export class AuditModule {}
