import { Module } from '@nestjs/common';
import { AlarmDelivery } from './alarm-delivery.js';
import { AlarmMail } from './alarm-mail.js';
import { Alarms } from './alarms.js';
import { AlarmsController } from './api/alarms.controller.js';
import { QueueMonitor } from './queue-monitor.js';
import { QueuesController } from './api/queues.controller.js';
import { Monitored } from './monitored.js';
import { WorkerPulse } from './worker-pulse.js';
import { WorkerMonitor } from './worker-monitor.js';

/** Watching: whether sources, queues and workers do well, and who hears of it where they do not. */
@Module({
  controllers: [AlarmsController, QueuesController],
  providers: [AlarmDelivery, AlarmMail, Alarms, QueueMonitor, Monitored, WorkerPulse, WorkerMonitor],
  exports: [AlarmDelivery, Alarms, Monitored, QueueMonitor, WorkerPulse, WorkerMonitor],
})
export class MonitoringModule {}
