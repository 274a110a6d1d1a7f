import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../kernel/ports.js';
import type { Environment } from '../platform/config/environment.js';
import type { Settings } from '../platform/config/settings.js';
import { type Disk, freeBytes, fullDisks } from '../platform/database/disk-full.js';
import { Watches } from '../platform/schedule/monitors.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';
import { diskSubject, isGood, type Observation } from './domain/alarm-words.js';
import { AlarmRepository } from './store/alarm.repository.js';
import type { NextJob } from '../platform/queue/job.js';

const GIGABYTE = 1e9;

/** `free` is null if it is not known: the disk of a PostgreSQL of its own is only known when it is full. */
export function judgeDisk(
  isFull: boolean,
  free: number | null,
  leastGigabytes: number,
): { state: 'ok' | 'nearly-full' | 'full'; reason: string | null } {
  const left = free === null ? '' : `${(free / GIGABYTE).toFixed(1)} GB are free`;
  if (isFull)
    return { state: 'full', reason: ['there is no space to write', left].filter(Boolean).join('; ') };
  if (free !== null && free < leastGigabytes * GIGABYTE) return { state: 'nearly-full', reason: left };
  return { state: 'ok', reason: null };
}

const DISKS: Disk[] = ['data', 'database'];

/**
 * Checks whether this process meets a full disk, and how much space that of DATA_DIR has. Each process sees
 * its own disks, so that one that sees no trouble does not end that of another.
 */
@Watches({ round: 'alarms' })
@Injectable()
export class DiskMonitor implements DueCheck {
  /** Trouble that could not be recorded: the disk of the database was full. */
  private readonly unrecorded = new Map<Disk, Observation>();

  constructor(
    private readonly alarms: AlarmRepository,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const free = { data: await freeBytes(this.env.DATA_DIR), database: null };
    const seen = DISKS.map((disk) => this.look(disk, free[disk]));
    for (const [disk, observation] of seen) {
      await this.alarms.observe(observation);
      this.unrecorded.delete(disk);
    }
    return [];
  }

  /** Trouble that passed before it could be recorded is recorded first; the next round records its end. */
  private look(disk: Disk, free: number | null): [Disk, Observation] {
    const now = this.clock.now();
    const judged = judgeDisk(fullDisks().includes(disk), free, this.settings.monitoring.leastFreeGigabytes);
    const seen = { subject: diskSubject(disk), ...judged, partial: true, now };
    const missed = this.unrecorded.get(disk);
    if (!isGood(seen.state) && missed?.state !== seen.state)
      this.unrecorded.set(disk, { ...seen, since: now });
    return [disk, { ...(this.unrecorded.get(disk) ?? seen), now }];
  }
}
