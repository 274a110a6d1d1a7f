import { Module } from '@nestjs/common';
import { HealthController } from './api/health.controller.js';
import { Heartbeat } from './heartbeat.js';
import { MonitoringModule } from './monitoring.module.js';
import { ServiceCheck } from './service-check.js';

@Module({
  imports: [MonitoringModule],
  controllers: [HealthController],
  providers: [Heartbeat, ServiceCheck],
})
export class HealthModule {}
