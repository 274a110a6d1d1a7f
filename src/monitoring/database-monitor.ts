import { Inject, Injectable } from '@nestjs/common';
import { momentForPeople } from '../calls/domain/facts/deadline.js';
import { MINUTE_MS } from '../kernel/brussels.js';
import type { Clock } from '../kernel/ports.js';
import type { Environment } from '../platform/config/environment.js';
import { DatabasePulse } from '../platform/database/database-pulse.js';
import { Watches } from '../platform/schedule/monitors.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { DATABASE } from './domain/alarm-words.js';
import { AlarmRepository } from './store/alarm.repository.js';
import type { NextJob } from '../platform/queue/job.js';

/** A restart or an update of the server takes less. */
const PATIENCE_MS = MINUTE_MS;

/**
 * Checks whether the database answers. While it does not, nothing can be recorded or mailed: the process that
 * finds it again reports from when to when it was away.
 */
@Watches({ round: 'alarms' })
@Injectable()
export class DatabaseMonitor implements DueCheck {
  private readonly pulse: DatabasePulse;
  private awaySince: Date | null = null;

  constructor(
    private readonly alarms: AlarmRepository,
    @Inject(ENVIRONMENT) env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.pulse = new DatabasePulse(env.DATABASE_URL!);
  }

  async due(): Promise<NextJob[]> {
    const asked = this.clock.now();
    if (!(await this.pulse.answers())) {
      this.awaySince ??= asked;
      return [];
    }
    const now = this.clock.now();
    const since = this.awaySince;
    const wasAway = since !== null && now.getTime() - since.getTime() >= PATIENCE_MS;
    await this.alarms.observe({
      subject: DATABASE,
      state: wasAway ? 'away' : 'ok',
      reason: wasAway ? `it was away ${spanInWords(since, now)}` : null,
      since,
      now,
    });
    this.awaySince = null;
    return [];
  }
}

/** "from 1 June 2026, 10:02 (Brussels) to 1 June 2026, 10:19 (Brussels)". */
const spanInWords = (from: Date, to: Date): string =>
  `from ${momentForPeople(from, to, 'en').moment} to ${momentForPeople(to, to, 'en').moment}`;
