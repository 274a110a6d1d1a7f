import type { Queue } from 'bullmq';
import { DataSource } from 'typeorm';
import type { Wiring } from '../../../src/app/platform.module.js';
import { AlarmDelivery } from '../../../src/monitoring/alarms.js';
import { QueueMonitor, WorkerMonitor } from '../../../src/monitoring/service-monitors.js';
import { SourceMonitor } from '../../../src/harvest/source-monitor.js';
import { MailDelivery } from '../../../src/outbox/mail.job.js';
import type { Observation } from '../../../src/monitoring/domain/alarm-words.js';
import { type AlarmEntity, AlarmRepository } from '../../../src/monitoring/store/alarm.repository.js';
import { SourceRepository } from '../../../src/harvest/store/source.repository.js';
import { Queues } from '../../../src/platform/queue/job.js';
import { api, startApp, type TestApp } from '../app.js';
import { bullmqQueue } from './bullmq-queue.js';
import { TestClock } from '../clock.js';

export const SOURCE = 'source/funding-tenders';
export const OPERATOR = 'operator@carnot.test';

export interface Alarm {
  id: string;
  subject: string;
  name: string;
  previous: string;
  state: string;
  reason: string | null;
  raisedAt: string;
  troubleSince: string | null;
  open: boolean;
  acknowledgedAt: string | null;
  delivery: string;
  attempts: number;
  error: string | null;
  nextTryAt: string | null;
  sentAt: string | null;
  sentTo: string[];
  sentWhere: string | null;
}

/** The application without workers, whose checks run only when the test says so. */
export class Monitoring {
  private constructor(
    readonly test: TestApp,
    readonly clock: TestClock,
  ) {}

  /** With `beside` it shares the database and clock of another. */
  static async start(
    variables: Record<string, string> = {},
    {
      beside,
      databaseUrl = beside?.test.wiring.env.DATABASE_URL,
      monitoring = {},
    }: {
      beside?: Monitoring;
      databaseUrl?: string;
      monitoring?: Partial<Wiring['settings']['monitoring']>;
    } = {},
  ): Promise<Monitoring> {
    const clock = beside?.clock ?? new TestClock('2026-05-06T10:00:00Z');
    const adjust = (wiring: Wiring): Wiring => ({
      ...wiring,
      settings: {
        ...wiring.settings,
        monitoring: { ...wiring.settings.monitoring, graceSeconds: 0, ...monitoring },
      },
    });
    const shared = databaseUrl !== undefined && { databaseUrl };
    const test = await startApp(
      { PUBLIC_URL: 'http://calls.test', MAIL_FROM: 'Carnot Europe <calls@carnot.test>', ...variables },
      { clock, adjust, working: false, bullmq: true, ...shared },
    );
    return new Monitoring(test, clock);
  }

  private get alarmRepository() {
    return this.test.app.get(AlarmRepository);
  }

  query<T = any>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.test.app.get(DataSource).query(sql, parameters);
  }

  call<T = any>(path: string, init?: Parameters<typeof api>[2]) {
    return api<T>(this.test.url, path, init);
  }

  queue(name: string): Queue {
    return bullmqQueue(this.test.app.get(Queues), name);
  }

  /** Adds a job to the queue that has waited this long. */
  async waiting(name: string, minutes: number): Promise<void> {
    await this.queue(name).add(
      'match',
      { profileId: `p${minutes}` },
      { timestamp: Date.now() - minutes * 60_000 },
    );
  }

  /** Records an observed state, a second after the one before. */
  seen(
    state: string,
    reason: string | null = null,
    subject = SOURCE,
    more: Pick<Observation, 'calmMs'> = {},
  ): Promise<AlarmEntity | null> {
    this.clock.move({ seconds: 1 });
    return this.alarmRepository.observe({ subject, state, reason, ...more, now: this.clock.now() });
  }

  /** Puts the source into a state without reporting it. */
  async put(state: string, reason: string | null = null): Promise<void> {
    await this.test.app.get(SourceRepository).ensure(['funding-tenders'], this.clock.now());
    await this.query('UPDATE source SET state = $1, reason = $2', [state, reason]);
  }

  /** Looks once, as each round does. */
  async look(): Promise<void> {
    this.clock.move({ seconds: 1 });
    for (const check of [SourceMonitor, QueueMonitor, WorkerMonitor])
      await this.test.app.get(check, { strict: false }).due();
    await this.deliver();
  }

  /** The mailer it uses, to be spied on. */
  get mailer(): { send(mail: { to: { address: string } }): Promise<unknown> } {
    return (this.test.app.get(MailDelivery, { strict: false }) as unknown as { mailer: Monitoring['mailer'] })
      .mailer;
  }

  async deliver(): Promise<void> {
    await this.test.app.get(AlarmDelivery, { strict: false }).due();
  }

  /** Returns the alarms, oldest first. */
  async alarms(query = ''): Promise<Alarm[]> {
    return (await this.call<{ items: Alarm[] }>(`/v1/alarms?limit=100${query}`)).body.items.reverse();
  }

  async newest(): Promise<Alarm> {
    return (await this.alarms()).at(-1)!;
  }

  acknowledge(id: string, what: 'acknowledge' | 'rearm' = 'acknowledge') {
    return this.call(`/v1/alarms/${id}/${what}`, { method: 'POST' });
  }

  /** Forgets all observations. */
  async forget(): Promise<void> {
    await this.query('TRUNCATE monitor, alarm CASCADE');
    await this.query("DELETE FROM setting WHERE key = 'worker-seen'");
    await this.query('DELETE FROM source');
    for (const name of this.test.app.get(Queues).names) {
      await this.queue(name).obliterate({ force: true });
      await this.queue(name).resume();
    }
  }

  stop(): Promise<void> {
    return this.test.stop();
  }
}
