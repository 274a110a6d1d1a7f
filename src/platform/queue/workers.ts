import { Logger } from '@nestjs/common';
import { DelayedError, UnrecoverableError, Worker, type Job } from 'bullmq';
import { CarnotError, Postponed } from '../../domain/errors.js';
import { JOBS, kindOfQueue, type JobName, type QueueKind, type Stage } from '../../domain/jobs.js';
import { backoffMs, isFinal } from './remedy.js';
import type { QueueConnection } from './connection.js';
import type { Queues } from './queues.js';

/** Deliveries mostly wait for the other side. */
const CONCURRENCY: Record<QueueKind, number> = { harvest: 2, match: 1, embed: 1, tell: 2, deliver: 4, post: 2 };

/** A job whose worker was killed is taken over this long after its last sign of life. */
const LOCK_MS = 15_000;

/** The consumer's side: one worker a queue, which runs the stages and carries out what an error's class asks for. */
export class Workers {
  private readonly log = new Logger('Workers');
  private readonly stages: Map<string, Stage>;
  private workers: Worker[] = [];
  /** The jobs that each worker has under way. */
  private readonly busy = new Map<Worker, Set<Promise<void>>>();
  /** How long to wait before the next try; tests shorten it. */
  wait = backoffMs;

  constructor(
    private readonly connection: QueueConnection,
    private readonly queues: Queues,
    stages: Stage[],
  ) {
    this.stages = new Map(stages.map((s) => [s.job, s]));
    const names = Object.keys(JOBS) as JobName[];
    const missing = names.filter((n) => !this.stages.has(n));
    if (missing.length || this.stages.size !== stages.length || stages.length !== names.length) {
      throw new Error(`every job needs exactly one stage; without one: ${missing.join(', ') || 'none'}, stages: ${stages.map((s) => s.job).join(', ')}`);
    }
  }

  async start(): Promise<void> {
    this.workers = this.queues.names.map((name) => this.worker(name));
    for (const worker of this.workers) worker.on('error', (error) => this.log.debug(`${worker.name}: ${error.message}`));
    await Promise.all(this.workers.map((w) => w.waitUntilReady()));
  }

  private worker(name: string): Worker {
    const busy = new Set<Promise<void>>();
    const worker: Worker = new Worker(name, (job, token) => this.noted(busy, this.work(job, token)), {
      connection: this.connection.options,
      concurrency: CONCURRENCY[kindOfQueue(name)],
      lockDuration: LOCK_MS,
      stalledInterval: 5_000,
      // A stage done twice does no harm, so a job may be taken over as often as workers are killed.
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

  private async work(job: Job, token?: string): Promise<void> {
    const stage = this.stages.get(job.name);
    if (!stage) throw new UnrecoverableError(`no stage for ${job.name}`);
    const parsed = JOBS[stage.job].data.safeParse(job.data);
    if (!parsed.success) throw new UnrecoverableError(`${job.name}: its data are not in the known form`);
    const data = parsed.data as never;
    try {
      await this.queues.add(await stage.run(data));
    } catch (error) {
      await this.remedy(stage, data, job, error as Error, token);
    }
  }

  private async remedy(stage: Stage, data: never, job: Job, error: Error, token?: string): Promise<never> {
    if (error instanceof Postponed) {
      await job.moveToDelayed(Date.now() + error.waitMs, token);
      throw new DelayedError();
    }
    const final = isFinal(error, job.attemptsMade + 1, job.opts.attempts ?? 1);
    const what = `${job.name}: ${error.message}`;
    // Only an error of ours has said all that there is to know; another's stack is what a developer needs.
    if (final) this.log.error(what, error instanceof CarnotError ? undefined : error.stack);
    else this.log.warn(`${what} (will be tried again)`);
    if (!final) throw error;
    await stage.giveUp?.(data, error);
    throw new UnrecoverableError(error.message);
  }

  /** Lets the jobs under way end; one that takes longer than `graceMs` is left to another worker. */
  async close(graceMs: number): Promise<void> {
    await Promise.all(this.workers.map((w) => this.closeOne(w, graceMs)));
  }

  /** BullMQ heeds only the first word, so whether to wait must be known before it is told to close. */
  private async closeOne(worker: Worker, graceMs: number): Promise<void> {
    await worker.pause(true);
    const busy = this.busy.get(worker)!;
    const end = Date.now() + graceMs;
    while (busy.size && Date.now() < end) {
      await Promise.race([Promise.allSettled(busy), new Promise((resolve) => setTimeout(resolve, end - Date.now()).unref())]);
    }
    await worker.close(busy.size > 0);
  }
}
