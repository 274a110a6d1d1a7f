import { Global, Module } from '@nestjs/common';
import { AlarmDelivery, Alarms, OperatorMails } from './alarms.js';
import { AlarmsController, QueuesController } from './api/alarms.controller.js';
import { HealthController } from './api/health.controller.js';
import {
  DatabaseMonitor,
  DiskMonitor,
  QueueMonitor,
  ServiceCheck,
  WorkerMonitor,
  WorkerPulse,
} from './service-monitors.js';
import { Heartbeat } from './heartbeat.js';
import { Monitored } from './monitored.js';
import { AlarmMails, AlarmOutbox, AlarmRepository, MonitorStates } from './store/alarm.repository.js';
import { MetricsRepository } from './store/metrics.repository.js';

const STORES = [AlarmOutbox, AlarmRepository, MetricsRepository, MonitorStates];
const SERVICES = [
  AlarmDelivery,
  Alarms,
  DatabaseMonitor,
  DiskMonitor,
  Heartbeat,
  Monitored,
  OperatorMails,
  QueueMonitor,
  ServiceCheck,
  WorkerMonitor,
  WorkerPulse,
];

/** Monitoring of all that has to work, and alarms if something does not. */
@Global()
@Module({
  controllers: [AlarmsController, QueuesController, HealthController],
  providers: [...STORES, ...SERVICES, { provide: AlarmMails, useExisting: OperatorMails }],
  exports: [...STORES, ...SERVICES, AlarmMails],
})
export class MonitoringModule {}
