import { Inject, Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { HeldSending } from '../outbox/store/sending.js';
import { DatabasePulse } from '../platform/database/database-pulse.js';
import { type Disk, freeBytes, fullDisks, isOnlyFull } from '../platform/database/disk-full.js';
import { Queues, type NextJob } from '../platform/queue/job.js';
import { momentForPeople } from '../calls/domain/facts/deadline.js';
import { MINUTE_MS } from '../kernel/durations.js';
import type { Clock } from '../kernel/ports.js';
import type { Environment } from '../platform/config/environment.js';
import { Watches, type DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK, ENVIRONMENT, SETTINGS } from '../platform/tokens.js';
import {
  DATABASE,
  diskSubject,
  isGood,
  type Observation,
  queueSubject,
  WORKERS,
} from './domain/alarm-words.js';
import { AlarmRepository } from './store/alarm.repository.js';
import type { Settings } from '../platform/config/settings.js';
import { judgeQueue, judgeWorkers } from './domain/queue-health.js';
import { SettingRepository } from '../platform/database/setting.repository.js';

const QUEUE_MS = 3_000;
/** Then the check on a connection of its own, of two seconds, decides. */
const CONNECTION_MS = 1_000;

/** What a process cannot do without. */
type Service = 'the database' | 'the queue';

/** Whether the database and the queue respond to this process. */
@Injectable()
export class ServiceCheck {
  /** Whether sending was held when that could last be read. */
  private held = false;

  constructor(
    private readonly sending: HeldSending,
    private readonly queues: Queues,
    private readonly database: DatabasePulse,
  ) {}

  /** Returns those that do not respond, and whether all sending is held back. */
  async look(): Promise<{ silent: Service[]; held: boolean }> {
    // Waits for both, whichever fails first: an unhandled rejection would end the process.
    const answers = await Promise.all([
      this.databaseAnswers().then((yes) => (yes ? null : ('the database' as const))),
      pTimeout(this.queues.counts(), { milliseconds: QUEUE_MS }).then(
        () => null,
        (error) => (isOnlyFull(error) ? null : ('the queue' as const)),
      ),
    ]);
    return { silent: answers.filter((name) => name !== null), held: this.held };
  }

  /** A server that is full, or whose connections are all in use here, is there. */
  private async databaseAnswers(): Promise<boolean> {
    try {
      this.held = (await pTimeout(this.sending.held(), { milliseconds: CONNECTION_MS })) !== null;
      return true;
    } catch (error) {
      return isOnlyFull(error) || this.database.answers();
    }
  }
}

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

const GIGABYTE = 1e9;

/**
 * `free` is null if it is not known: the disk of a PostgreSQL of its own is only known when it is full. It is
 * a text if the disk could not be looked at: why.
 */
export function judgeDisk(
  isFull: boolean,
  free: number | string | null,
  leastGigabytes: number,
): { state: 'ok' | 'nearly-full' | 'full' | 'unreadable'; reason: string | null } {
  if (typeof free === 'string') return { state: 'unreadable', reason: free };
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
    const data = await freeBytes(this.env.DATA_DIR).catch(({ message }: Error) => message);
    const free = { data, database: null };
    const seen = DISKS.map((disk) => this.look(disk, free[disk]));
    for (const [disk, observation] of seen) {
      await this.alarms.observe(observation);
      this.unrecorded.delete(disk);
    }
    return [];
  }

  /** Trouble that passed before it could be recorded is recorded first; the next round records its end. */
  private look(disk: Disk, free: number | string | null): [Disk, Observation] {
    const now = this.clock.now();
    const judged = judgeDisk(fullDisks().includes(disk), free, this.settings.monitoring.leastFreeGigabytes);
    const seen = { subject: diskSubject(disk), ...judged, partial: true, now };
    const missed = this.unrecorded.get(disk);
    if (!isGood(seen.state) && missed?.state !== seen.state)
      this.unrecorded.set(disk, { ...seen, since: now });
    return [disk, { ...(this.unrecorded.get(disk) ?? seen), now }];
  }
}

/** Checks the length of each queue and the waiting time of its oldest job. */
@Watches({ round: 'state' })
@Injectable()
export class QueueMonitor implements DueCheck {
  private readonly started = performance.now();

  constructor(
    private readonly queues: Queues,
    private readonly alarms: AlarmRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const { graceSeconds, oldestWaitingMinutes, longestQueue } = this.settings.monitoring;
    // Jobs that waited while everything was off are no news: the workers that start with us run them first.
    if (performance.now() - this.started < graceSeconds * 1_000) return [];
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

const KEY = 'worker-seen';

/** A worker's heartbeat, sent only while it reaches both queue and database, whose clock it has. */
@Watches({ round: 'state', place: 'first', ofWorkers: true })
@Injectable()
export class WorkerPulse implements DueCheck {
  constructor(
    private readonly queues: Queues,
    private readonly values: SettingRepository,
  ) {}

  async due(): Promise<NextJob[]> {
    await this.queues.health();
    await this.values.stamp(KEY);
    return [];
  }

  /** Returns the last heartbeat of any worker, null if there was none, and the time by the same clock. */
  lastSeen(): Promise<{ at: Date | null; now: Date }> {
    return this.values.stamped(KEY);
  }
}

/**
 * Checks whether any worker runs. Without one, nobody looks for due work, so the queues stay empty and look
 * as if all were done.
 */
@Watches({ round: 'state' })
@Injectable()
export class WorkerMonitor implements DueCheck {
  private readonly started = performance.now();

  constructor(
    private readonly pulse: WorkerPulse,
    private readonly alarms: AlarmRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const { graceSeconds, workerSilentMinutes } = this.settings.monitoring;
    if (performance.now() - this.started < graceSeconds * 1_000) return [];
    const now = this.clock.now();
    const seen = await this.pulse.lastSeen();
    const { state, reason, lastedMs } = judgeWorkers(seen.at, seen.now, workerSilentMinutes * MINUTE_MS);
    const since = new Date(now.getTime() - lastedMs);
    await this.alarms.observe({ subject: WORKERS, state, reason, since, now });
    return [];
  }
}
