import { Injectable } from '@nestjs/common';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { Queues } from '../platform/queue/queues.js';
import { Watches } from '../platform/schedule/monitors.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import type { NextJob } from '../platform/queue/job.js';

const KEY = 'worker-seen';

/** A worker's heartbeat, sent only while it reaches both queue and database. Uses machine time. */
@Watches({ round: 'state', place: 'first', ofWorkers: true })
@Injectable()
export class WorkerPulse implements DueCheck {
  constructor(
    private readonly queues: Queues,
    private readonly values: SettingRepository,
  ) {}

  async due(): Promise<NextJob[]> {
    await this.queues.health();
    await this.values.put(KEY, new Date().toISOString());
    return [];
  }

  /** Returns the last heartbeat of any worker; null if there was none. */
  async lastSeen(): Promise<Date | null> {
    const at = await this.values.findByKey<string>(KEY);
    return at === null ? null : new Date(at);
  }
}
