import {
  type ConnectionOptions,
  createPostgresBackend,
  DEFAULT_SCHEMA,
  DelayedError,
  type Job,
  Queue,
  runMigrations,
  setDefaultBackendFactory,
  UnrecoverableError,
  Worker,
} from 'bullmq';
import pg from 'pg';
import pTimeout from 'p-timeout';
import { Logger } from '@nestjs/common';
import type { Environment } from '../../config/environment.js';
import { POOL_LIMITS } from '../../database/connections.js';
import type { QueueHealth } from '../../../kernel/ports.js';
import { batches, grouped } from '../../../kernel/collections.js';
import { CarnotError } from '../../../kernel/errors.js';
import {
  kindOfQueue,
  type NextJob,
  QUEUES,
  queueNames,
  ATTEMPTS,
  jobKey,
  type QueueCounts,
  Queues,
} from '../job.js';
import { backoffMs, type JobRunner, type QueueDriver, Workers } from '../job-runner.js';

/** Shared connections, in addition to the one that each worker listens on. */
const SHARED_BY_WORKERS = 6;
const SHARED = 3;

/** BullMQ's connection to its store, and how to close it. */
interface QueueConnection {
  /** For workers, which wait for a lost store to come back. */
  options: ConnectionOptions;
  /** For adding jobs, which must not wait: the database remembers what is due. */
  adding: ConnectionOptions;
  close(): Promise<void>;
}

/**
 * Connects to Redis if REDIS_URL is set, else to BullMQ's own PostgreSQL backend in a separate schema of our
 * database. Must be called before the first queue or worker is created: the backend is a process-wide default
 * of BullMQ. `workers`: how many workers this process will have, one per queue.
 */
async function connectQueue(env: Environment, workers: number): Promise<QueueConnection> {
  if (env.REDIS_URL) {
    const url = env.REDIS_URL;
    return {
      // BullMQ requires null for workers' connections.
      options: { url, maxRetriesPerRequest: null } as ConnectionOptions,
      adding: { url, maxRetriesPerRequest: 1, enableOfflineQueue: false } as ConnectionOptions,
      close: () => Promise.resolve(),
    };
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  // Each worker keeps one connection to listen on; the others are shared.
  const pool = new pg.Pool({
    ...POOL_LIMITS,
    connectionString: env.DATABASE_URL,
    max: workers + (workers ? SHARED_BY_WORKERS : SHARED),
    application_name: 'carnot-europe queue',
    keepAlive: true,
    // The backend's statements name their tables without the schema.
    options: `-c search_path=${DEFAULT_SCHEMA}`,
  });
  pool.setMaxListeners(0); // Each queue and each worker listens for errors: no leak.
  pool.on('error', () => undefined); // An idle connection that broke is replaced at the next query.
  await migrateQueue(env.DATABASE_URL!);
  const options = pool as unknown as ConnectionOptions;
  return { options, adding: options, close: () => pool.end() };
}

/** Migrates BullMQ's tables, on a connection without limits: one process does it, and others wait. */
async function migrateQueue(connectionString: string): Promise<void> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: POOL_LIMITS.connectionTimeoutMillis,
    application_name: 'carnot-europe queue',
  });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}

/** How many of the next jobs are checked for the longest wait: returning jobs do not always go to the end. */
const LOOKED_AT = 20;

/** The jobs waiting in a queue, and for how long, by the machine's clock, like the queue's timestamps. */
class WaitingLine {
  /** When a job that already had an attempt was first seen waiting again, by its id. */
  private back = new Map<string, number>();

  constructor(private readonly queue: Queue) {}

  async health(): Promise<QueueHealth> {
    const {
      waiting = 0,
      prioritized = 0,
      delayed = 0,
      active = 0,
      failed = 0,
    } = await this.queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed');
    const next = await this.next(waiting, prioritized);
    const now = Date.now();
    const since = this.since(next, now);
    return {
      name: this.queue.name,
      waiting: waiting + prioritized,
      delayed,
      active,
      failed,
      oldestWaitingMs: since === null ? null : Math.max(0, now - since),
    };
  }

  private async next(waiting: number, prioritized: number): Promise<Job[]> {
    // Counted from the newest, whatever order is requested: of the ways to get the end of the line, this one
    // means the same in Redis and in PostgreSQL, whose backend cuts an ascending range out of the newest.
    const plain = waiting
      ? await this.queue.getJobs(['waiting'], Math.max(0, waiting - LOOKED_AT), -1, false)
      : [];
    const ahead = prioritized ? await this.queue.getJobs(['prioritized'], 0, LOOKED_AT - 1, true) : [];
    return [...plain, ...ahead];
  }

  /**
   * Returns since when the oldest of them has waited. A job that was started and came back after a pause has
   * waited since then, not since it was added; the queue does not record that time, so it counts from when it
   * was first seen here.
   */
  private since(jobs: Job[], now: number): number | null {
    const begun = jobs.filter((job) => job.attemptsStarted > 0);
    this.back = new Map(begun.map(({ id }) => [id!, this.back.get(id!) ?? now]));
    const all = jobs.map((job) => this.back.get(job.id!) ?? job.timestamp);
    return all.length ? Math.min(...all) : null;
  }
}

const READY_MS = 10_000;

const OPTIONS = {
  attempts: ATTEMPTS,
  backoff: { type: 'by-retry-policy' },
  // Enough to inspect; on PostgreSQL every job that ends, and every count, scans all kept jobs.
  removeOnComplete: { count: 50 },
  removeOnFail: { age: 7 * 86_400, count: 1_000 },
};

/** Jobs added in one statement: thousands of institutes may have to be matched anew. */
const ADDED_AT_ONCE = 500;

/** Returns the store's answer, or throws: a store that is gone may stay silent for ever. */
const inTime = <T>(answer: Promise<T>): Promise<T> =>
  pTimeout(answer, {
    milliseconds: READY_MS,
    message: new CarnotError(
      'QueueOutOfReach',
      'The queue cannot be used: the Redis in REDIS_URL does not answer. Start it, or correct REDIS_URL.',
      'person',
    ),
  });

/** The queues in BullMQ, on Redis or on PostgreSQL. */
class BullmqQueues extends Queues {
  private readonly queues: Map<string, Queue>;
  private readonly lines: WaitingLine[];

  constructor(
    private readonly connection: QueueConnection,
    channels: readonly string[],
  ) {
    super(channels);
    this.queues = new Map(
      this.names.map((name) => [name, new Queue(name, { connection: connection.adding })]),
    );
    this.lines = [...this.queues.values()].map((queue) => new WaitingLine(queue));
    for (const queue of this.queues.values()) queue.on('error', () => undefined); // Reconnects; adding fails.
  }

  async add(jobs: NextJob[], delay = 0): Promise<void> {
    for (const [name, all] of grouped(jobs, (next) => [next.queue])) {
      const queue = this.queue(name);
      for (const some of batches(all, ADDED_AT_ONCE))
        await queue.addBulk(
          some.map((next) => ({
            name: next.name,
            data: next.data,
            opts: {
              ...OPTIONS,
              deduplication: { id: jobKey(next), keepLastIfActive: true },
              ...(delay > 0 && { delay }),
              // BullMQ does those without a priority first.
              ...(next.last && { priority: 1 }),
            },
          })),
        );
    }
  }

  private queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`there is no queue "${name}": there are ${this.names.join(', ')}`);
    return queue;
  }

  async counts(): Promise<Record<string, QueueCounts>> {
    const entries = await Promise.all(
      [...this.queues].map(async ([name, queue]) => {
        const {
          waiting = 0,
          prioritized = 0,
          delayed = 0,
          active = 0,
          failed = 0,
        } = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed');
        return [name, { waiting: waiting + prioritized, delayed, active, failed }] as const;
      }),
    );
    return Object.fromEntries(entries);
  }

  health(): Promise<QueueHealth[]> {
    return inTime(Promise.all(this.lines.map((line) => line.health())));
  }

  async clear(): Promise<void> {
    for (const queue of this.queues.values()) await queue.obliterate({ force: true });
  }

  async ready(): Promise<void> {
    await inTime(Promise.all([...this.queues.values()].map((q) => q.waitUntilReady())));
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((q) => q.close()));
    await this.connection.close();
  }
}

/** A job of a killed worker is taken over this long after its last sign of life. */
const LOCK_MS = 15_000;

/** BullMQ's workers, one per queue. */
export class BullmqWorkers extends Workers {
  private readonly log = new Logger('Workers');
  private workers: Worker[] = [];
  private readonly busy = new Map<Worker, Set<Promise<void>>>();
  /** Returns the wait before the next attempt; tests shorten it. */
  wait = backoffMs;

  constructor(
    private readonly connection: QueueConnection,
    private readonly queues: Queues,
    private readonly runner: JobRunner,
  ) {
    super();
  }

  async start(): Promise<void> {
    this.workers = this.queues.names.map((name) => this.worker(name));
    for (const worker of this.workers)
      worker.on('error', (error) => this.log.debug(`${worker.name}: ${error.message}`));
    await Promise.all(this.workers.map((w) => w.waitUntilReady()));
  }

  private worker(name: string): Worker {
    const busy = new Set<Promise<void>>();
    const worker: Worker = new Worker(name, (job, token) => this.noted(busy, this.work(job, token)), {
      connection: this.connection.options,
      concurrency: QUEUES[kindOfQueue(name)].concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: 5_000,
      // Jobs are idempotent, so a job may be taken over as often as workers are killed.
      maxStalledCount: 1_000,
      settings: { backoffStrategy: (attempts, _type, error) => this.wait(attempts, error) },
    });
    this.busy.set(worker, busy);
    return worker;
  }

  private noted(busy: Set<Promise<void>>, work: Promise<void>): Promise<void> {
    const ended = work.finally(() => busy.delete(ended));
    busy.add(ended);
    return ended;
  }

  /** Runs a job and reports the outcome to BullMQ, by means of errors. */
  private async work(job: Job, token?: string): Promise<void> {
    const outcome = await this.runner.run({
      name: job.name,
      data: job.data,
      attempt: job.attemptsMade + 1,
      attempts: job.opts.attempts ?? 1,
    });
    if (outcome.is === 'postponed') {
      await job.moveToDelayed(Date.now() + outcome.waitMs, token);
      throw new DelayedError();
    }
    if (outcome.is === 'again') throw outcome.error;
    if (outcome.is === 'failed') throw new UnrecoverableError(outcome.error.message);
  }

  async close(graceMs: number): Promise<void> {
    await Promise.all(this.workers.map((w) => this.closeOne(w, graceMs)));
  }

  /** BullMQ obeys only the first call, so whether to wait must be decided before closing. */
  private async closeOne(worker: Worker, graceMs: number): Promise<void> {
    await worker.pause(true);
    const busy = this.busy.get(worker)!;
    const end = Date.now() + graceMs;
    while (busy.size && Date.now() < end) {
      await pTimeout(Promise.allSettled(busy), {
        milliseconds: Math.max(1, end - Date.now()),
        message: false,
      });
    }
    await worker.close(busy.size > 0);
  }
}

/** Returns BullMQ on the store set in the environment; `works`: whether this process also runs jobs. */
export async function bullmqDriver(
  env: Environment,
  channels: readonly string[],
  works: boolean,
): Promise<QueueDriver> {
  const connection = await connectQueue(env, works ? queueNames(channels).length : 0);
  return {
    queues: () => new BullmqQueues(connection, channels),
    workers: (queues, runner) => new BullmqWorkers(connection, queues, runner),
  };
}
