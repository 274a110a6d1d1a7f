import { Inject, Injectable } from '@nestjs/common';
import { MINUTE_MS } from '../kernel/brussels.js';
import type { Clock } from '../kernel/ports.js';
import { judgeQueue } from './domain/queue-health.js';
import { queueSubject } from './domain/alarm-words.js';
import { AlarmRepository } from './store/alarm.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { Queues } from '../platform/queue/queues.js';
import { Watches } from '../platform/schedule/monitors.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK, SETTINGS } from '../platform/tokens.js';
import type { NextJob } from '../platform/queue/job.js';

/** Checks the length of each queue and the waiting time of its oldest job. */
@Watches({ round: 'state' })
@Injectable()
export class QueueMonitor implements DueCheck {
  private readonly started = Date.now();

  constructor(
    private readonly queues: Queues,
    private readonly alarms: AlarmRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const { graceSeconds, oldestWaitingMinutes, longestQueue } = this.settings.monitoring;
    // Jobs that waited while everything was off are no news: the workers that start with us run them first.
    if (Date.now() - this.started < graceSeconds * 1_000) return [];
    const all = await this.queues.health();
    const before = await this.alarms.monitorsOf(all.map((queue) => queueSubject(queue.name)));
    for (const queue of all) {
      const subject = queueSubject(queue.name);
      const limits = { oldestWaitingMs: oldestWaitingMinutes * MINUTE_MS, longest: longestQueue };
      const { state, reason, lastedMs } = judgeQueue(queue, limits, before.get(subject)?.state ?? null);
      const now = this.clock.now();
      const since = new Date(now.getTime() - lastedMs);
      await this.alarms.observe({ subject, state, reason, since, now });
    }
    return [];
  }
}
