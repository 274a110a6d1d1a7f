import { Module } from '@nestjs/common';
import { AlarmDelivery } from './alarm-delivery.js';
import { AlarmLetter } from './alarm-letter.js';
import { Alarms } from './alarms.js';
import { AlarmsController } from './api/alarms.controller.js';
import { QueueWatch } from './queue-watch.js';
import { QueuesController } from './api/queues.controller.js';
import { SourceWatch } from './source-watch.js';
import { Watched } from './watched.js';
import { WorkerPulse } from './worker-pulse.js';
import { WorkerWatch } from './worker-watch.js';

/** Watching: whether sources, queues and workers do well, and who hears of it where they do not. */
@Module({
  controllers: [AlarmsController, QueuesController],
  providers: [AlarmDelivery, AlarmLetter, Alarms, QueueWatch, SourceWatch, Watched, WorkerPulse, WorkerWatch],
  exports: [AlarmDelivery, Alarms, QueueWatch, SourceWatch, WorkerPulse, WorkerWatch],
})
export class WatchModule {}
