import { Inject, Injectable } from '@nestjs/common';
import { SettingRepository } from '../platform/database/setting.repository.js';
import { Queues } from '../platform/queue/queues.js';
import { Watches } from '../platform/schedule/monitors.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import type { NextJob } from '../platform/queue/job.js';
import { MINUTE_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import { judgeWorkers } from './domain/queue-health.js';
import { WORKERS } from './domain/alarm-words.js';
import { AlarmRepository } from './store/alarm.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';

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

/**
 * Checks whether any worker runs. Without one, nobody looks for due work, so the queues stay empty and look
 * as if all were done.
 */
@Watches({ round: 'state' })
@Injectable()
export class WorkerMonitor implements DueCheck {
  private readonly started = Date.now();

  constructor(
    private readonly pulse: WorkerPulse,
    private readonly alarms: AlarmRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const { graceSeconds, workerSilentMinutes } = this.settings.monitoring;
    if (Date.now() - this.started < graceSeconds * 1_000) return [];
    const now = this.clock.now();
    const { state, reason, lastedMs } = judgeWorkers(
      await this.pulse.lastSeen(),
      new Date(),
      workerSilentMinutes * MINUTE_MS,
    );
    const since = new Date(now.getTime() - lastedMs);
    await this.alarms.observe({ subject: WORKERS, state, reason, since, now });
    return [];
  }
}
