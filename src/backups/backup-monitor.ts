import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import { BACKUP, isGood } from '../monitoring/domain/alarm-words.js';
import { AlarmRepository } from '../monitoring/store/alarm.repository.js';
import type { NextJob } from '../platform/queue/job.js';
import { Watches, type DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { Backups } from './backups.js';

/** Checks that the backups which are made by themselves are made, and can be restored. */
@Watches({ round: 'alarms', ofWorkers: true })
@Injectable()
export class BackupMonitor implements DueCheck {
  constructor(
    private readonly backups: Backups,
    private readonly alarms: AlarmRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const health = await this.backups.health();
    // A worker without BACKUP_DIR makes none, and ends no trouble that one that does still sees.
    const partial = health === null || !isGood(health.state);
    const seen = health ?? { state: 'ok', reason: null };
    await this.alarms.observe({ subject: BACKUP, ...seen, partial, now: this.clock.now() });
    return [];
  }
}
