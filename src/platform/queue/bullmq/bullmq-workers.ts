import { Logger } from '@nestjs/common';
import { DelayedError, UnrecoverableError, Worker, type Job } from 'bullmq';
import pTimeout from 'p-timeout';
import { kindOfQueue, type QueueKind, type Processor } from '../../../kernel/jobs.js';
import type { Queues } from '../queues.js';
import { backoffMs } from '../retry-policy.js';
import { ProcessorRunner } from '../processor-runner.js';
import { Workers } from '../workers.js';
import type { QueueConnection } from './connection.js';

/** Concurrent jobs per queue. Deliveries mostly wait for the other side. */
const CONCURRENCY: Record<QueueKind, number> = {
  harvest: 2,
  match: 1,
  embed: 1,
  // A language model answers in seconds; many servers allow no more at once.
  read: 4,
  notify: 2,
  deliver: 4,
  mail: 2,
};

/** A job of a killed worker is taken over this long after its last sign of life. */
const LOCK_MS = 15_000;

/** BullMQ's workers, one per queue. */
export class BullmqWorkers extends Workers {
  private readonly log = new Logger('Workers');
  private readonly runner: ProcessorRunner;
  private workers: Worker[] = [];
  /** The running jobs of each worker. */
  private readonly busy = new Map<Worker, Set<Promise<void>>>();
  /** Returns the wait before the next attempt; tests shorten it. */
  wait = backoffMs;

  constructor(
    private readonly connection: QueueConnection,
    private readonly queues: Queues,
    stages: Processor[],
  ) {
    super();
    this.runner = new ProcessorRunner(queues, stages);
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
      concurrency: CONCURRENCY[kindOfQueue(name)],
      lockDuration: LOCK_MS,
      stalledInterval: 5_000,
      // Stages are idempotent, so a job may be taken over as often as workers are killed.
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
