import { Module } from '@nestjs/common';
import { AlarmDelivery } from './alarm-delivery.js';
import { Alarms } from './alarms.js';
import { AlarmsController } from './api/alarms.controller.js';
import { DatabaseMonitor } from './database-monitor.js';
import { DiskMonitor } from './disk-monitor.js';
import { QueueMonitor } from './queue-monitor.js';
import { QueuesController } from './api/queues.controller.js';
import { Monitored } from './monitored.js';
import { OperatorMails } from './operator-mails.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { AlarmMails } from './store/alarm-mails.js';
import { WorkerPulse } from './worker-pulse.js';
import { WorkerMonitor } from './worker-monitor.js';

/** Monitoring of all that has to work, and alarms if something does not. */
@Module({
  imports: [OutboxModule],
  controllers: [AlarmsController, QueuesController],
  providers: [
    AlarmDelivery,
    OperatorMails,
    { provide: AlarmMails, useExisting: OperatorMails },
    Alarms,
    DatabaseMonitor,
    DiskMonitor,
    QueueMonitor,
    Monitored,
    WorkerPulse,
    WorkerMonitor,
  ],
  exports: [
    AlarmDelivery,
    AlarmMails,
    Alarms,
    DatabaseMonitor,
    DiskMonitor,
    Monitored,
    QueueMonitor,
    WorkerPulse,
    WorkerMonitor,
  ],
})
export class MonitoringModule {}
