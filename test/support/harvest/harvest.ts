import type { Queue } from 'bullmq';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import type { Wiring } from '../../../src/app/platform.module.js';
import type { Faults } from '../../../src/demo/sample-portal.js';
import { Queues } from '../../../src/platform/queue/job.js';
import { Workers } from '../../../src/platform/queue/job-runner.js';
import type { BullmqWorkers } from '../../../src/platform/queue/bullmq/bullmq-driver.js';
import { api, startApp, type TestApp } from '../app.js';
import { bullmqQueue } from '../queue/bullmq-queue.js';
import { TestClock } from '../clock.js';
import { TestPortal } from './portal.js';
import { round } from '../queue/round.js';
import { until } from '../until.js';
import { HarvestJob } from '../../../src/harvest/harvest.job.js';
import { MatchJob } from '../../../src/matching/match.job.js';
import { ContactsJob } from '../../../src/notifications/contacts.job.js';
import { PlanJob } from '../../../src/notifications/plan.job.js';
import { NotifyJob } from '../../../src/notifications/notify.job.js';
import { DeliverJob } from '../../../src/notifications/deliver.job.js';

export interface Run {
  id: string;
  state: string;
  reason: string | null;
  counts: { calls: number; new: number; changed: number; missing: number } | null;
}

interface Options {
  copies?: number;
  faults?: Faults;
  variables?: Record<string, string>;
  adjust?: (wiring: Wiring) => Wiring;
  working?: boolean;
  bullmq?: boolean;
  /** Shares this one's portal, clock and database. */
  beside?: Harvesting;
  /** All shipped institutes: matching each after each harvest takes longer than the harvest. */
  institutes?: 'all';
}

/** Enough institutes for tests of harvests and messages. */
const FEW = ['3bcar', 'energies-du-futur', 'leti', 'list', 'mines'];

/** A Wednesday: the next digest is due on Monday the 11th. */
const TODAY = '2026-05-06T10:00:00Z';

/**
 * The requests of a full run over six copies. Each of its scans makes three for pages of grants and one per
 * other kind, and counts each kind before and after; the latest notes are requested once.
 */
export const REQUESTS = 2 * (3 + 1 + 1 + 3 * 2) + 1;

/** Returns one of the application's queues, to inspect it or lose its contents. */
export const queueOf = ({ test }: Harvesting, name: string): Queue => bullmqQueue(test.app.get(Queues), name);

/** The application on a portal of its own. Due checks run only when the test says so. */
export class Harvesting {
  private constructor(
    readonly test: TestApp,
    readonly portal: TestPortal,
    readonly clock: TestClock,
    readonly dataDir: string,
    private readonly own: boolean,
  ) {}

  static async start(options: Options = {}): Promise<Harvesting> {
    const { beside } = options;
    const clock = beside?.clock ?? new TestClock(TODAY);
    const portal = beside?.portal ?? (await TestPortal.start(clock.now(), options));
    const dataDir = mkdtempSync(join(tmpdir(), 'carnot-europe-test-data-'));
    const adjust = (wiring: Wiring): Wiring => {
      const institutes =
        options.institutes === 'all'
          ? wiring.institutes
          : wiring.institutes.filter((i) => FEW.includes(i.profile.id));
      const seldom = {
        ...wiring,
        institutes,
        settings: { ...wiring.settings, harvest: { ...wiring.settings.harvest, tickSeconds: 3_600 } },
      };
      const enough = {
        ...seldom,
        sources: seldom.sources.map((s) => ({
          ...s,
          requestsPerMinute: 100_000,
          ...(options.copies && { expectsAtLeast: 50 * options.copies }),
        })),
      };
      return options.adjust ? options.adjust(enough) : enough;
    };
    const test = await startApp(
      {
        FUNDING_TENDERS_URL: portal.url,
        DATA_DIR: dataDir,
        PUBLIC_URL: 'http://calls.test',
        ...options.variables,
      },
      {
        clock,
        adjust,
        ownRateLimit: !options.bullmq,
        ...(options.working === false && { working: false }),
        ...(options.bullmq && { bullmq: true }),
        ...(beside && { databaseUrl: beside.test.wiring.env.DATABASE_URL! }),
      },
    );
    const started = new Harvesting(test, portal, clock, dataDir, !beside);
    // The retries keep their number and order; only the waiting between them is skipped.
    if (options.bullmq) (test.app.get(Workers) as BullmqWorkers).wait = () => 20;
    return started;
  }

  get outbox(): string {
    return join(this.dataDir, 'outbox');
  }

  query<T = any>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.test.app.get(DataSource).query(sql, parameters);
  }

  /** Sends a request with the operator's token. Each change happens a second after the one before. */
  call<T = any>(
    path: string,
    init?: Parameters<typeof api>[2],
  ): Promise<{ status: number; type: string; body: T }> {
    if (init?.method) this.clock.move({ seconds: 1 });
    return api<T>(this.test.url, path, init);
  }

  /** Runs the due checks once, as each scheduler tick does. */
  async tick(): Promise<void> {
    this.clock.move({ seconds: 1 });
    await round(this.test.app, [HarvestJob, MatchJob, ContactsJob, PlanJob, NotifyJob, DeliverJob]);
  }

  async source(id = 'funding-tenders'): Promise<any> {
    return (await this.call('/v1/sources')).body.items.find((s: { id: string }) => s.id === id);
  }

  /** Waits until the latest run has ended. */
  async ended(): Promise<Run> {
    return until('the run to end', async () => {
      const { run } = await this.source();
      return run?.endedAt ? (run as Run) : null;
    });
  }

  /** Starts a harvest via the API and waits for its end. */
  async harvest(id = 'funding-tenders'): Promise<Run> {
    const { body } = await this.call(`/v1/sources/${id}/runs`, { method: 'POST' });
    return until(`run ${body.id} to end`, async () => {
      const { run } = await this.source(id);
      return run.id === body.id && run.endedAt ? (run as Run) : null;
    });
  }

  /** Waits until every profile is matched with all stored calls. */
  async matched(): Promise<void> {
    await until('all profiles to be matched', async () => {
      const [row] = await this.query(
        'SELECT count(*)::int AS n FROM profile WHERE matched_revision <> revision OR matched_seq < (SELECT coalesce(max(seq), 0) FROM call)',
      );
      return row.n === 0;
    });
  }

  async stop(): Promise<void> {
    await this.test.stop();
    if (this.own) await this.portal.close().catch(() => undefined);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
