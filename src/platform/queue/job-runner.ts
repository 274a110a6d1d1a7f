import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { DueCheck } from '../schedule/ticker.js';
import { type Job, type JobDefinition, jobsByName, type RunnableJob, Runs, Queues } from './job.js';
import { MINUTE_MS } from '../../kernel/durations.js';
import { CarnotError, MOST_ASKED_MS, Postponed } from '../../kernel/errors.js';
import { inContext, type RequestContext } from '../database/request-context.js';
import { jobSeconds } from '../metrics/metrics.js';
import { traced } from '../telemetry/traces.js';

const findsItsWork = (runs: Job<JobDefinition>): runs is Job<JobDefinition> & DueCheck => 'due' in runs;

/** All jobs of the program, found by their decorator. It does not start if one of them is missing. */
@Injectable()
export class Jobs implements OnModuleInit {
  private found: Map<string, RunnableJob> | undefined;

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    this.byName();
  }

  byName(): ReadonlyMap<string, RunnableJob> {
    this.found ??= jobsByName(
      this.discovery.getProviders({ metadataKey: Runs.KEY }).map((wrapper) => ({
        definition: this.discovery.getMetadataByDecorator(Runs, wrapper)!,
        runs: wrapper.instance as Job<JobDefinition>,
      })),
    );
    return this.found;
  }

  /** Returns those that find their own work, as checks for the ticker. */
  due(): DueCheck[] {
    return [...this.byName().values()].map(({ runs }) => runs).filter(findsItsWork);
  }
}

const FIRST_MS = 500;
const MOST_MS = 5 * MINUTE_MS;
/** A longer wait is left to the next piece of work, as this one would be given up meanwhile. */
const MOST_WAITED_MS = 10 * MINUTE_MS;

/**
 * Returns the milliseconds until the next attempt: what the other side asked for and a little more, else
 * exponential from half a second to five minutes. Half of it is jitter, so that many jobs that failed
 * together do not come back together.
 */
export function backoffMs(
  attemptsMade: number,
  error: Error | undefined,
  random: () => number = Math.random,
): number {
  const asked = error instanceof CarnotError ? error.details.retryAfterMs : undefined;
  // A requested wait of zero, or until a past moment, counts as none; a negative one ends the job.
  if (asked !== undefined && asked > 0)
    return Math.min(asked, MOST_ASKED_MS) + Math.round(random() * FIRST_MS);
  const most = Math.min(FIRST_MS * 2 ** attemptsMade, MOST_MS);
  return Math.round(most / 2 + (random() * most) / 2);
}

/**
 * Whether there is no further attempt: the error says so, the other side wants a long pause, or the attempts
 * are used up.
 */
export function isFinal(error: Error, attempt: number, attempts: number): boolean {
  const ours = error instanceof CarnotError ? error : null;
  return (
    (ours !== null && ours.retryPolicy !== 'later') ||
    (ours?.details.retryAfterMs ?? 0) > MOST_WAITED_MS ||
    attempt >= attempts
  );
}

/** One attempt at a job. */
interface Attempt {
  name: string;
  data: unknown;
  /** The number of the attempt, starting at 1. */
  attempt: number;
  attempts: number;
}

/** The outcome of an attempt: the job waits its turn without having failed, is retried, or has ended. */
export type Outcome =
  | { is: 'done' }
  | { is: 'postponed'; waitMs: number }
  | { is: 'again'; error: Error }
  | { is: 'failed'; error: Error };

const jobOf = ({ name, data }: Attempt): string =>
  [name, ...Object.values((data ?? {}) as Record<string, unknown>).map(String)].join('/').slice(0, 200);

/** Runs jobs, and decides what an error's class calls for. */
@Injectable()
export class JobRunner {
  private readonly log = new Logger('Workers');

  constructor(
    private readonly queues: Queues,
    @Inject(Jobs) private readonly jobs: Pick<Jobs, 'byName'>,
  ) {}

  async run(tried: Attempt): Promise<Outcome> {
    const { name, data } = tried;
    const job = this.jobs.byName().get(name);
    if (!job) return { is: 'failed', error: new Error(`no job is called ${name}`) };
    const parsed = job.definition.data.safeParse(data);
    if (!parsed.success)
      return { is: 'failed', error: new Error(`${name}: its data are not in the known form`) };
    const [end, work] = [jobSeconds.startTimer(), { job: jobOf(tried) }];
    const about = { 'messaging.destination.name': name, 'carnot.job': work.job };
    const rows = job.definition.rows.forJob(parsed.data);
    const who: RequestContext = { kind: 'system', via: `job/${name}`, work, rows };
    const outcome = await inContext(who, () =>
      traced({ name: `process ${name}`, kind: 'CONSUMER', attributes: about }, () =>
        this.attempt(job, parsed.data, tried),
      ),
    );
    end({ name, outcome: outcome.is });
    return outcome;
  }

  private async attempt(job: RunnableJob, data: object, { attempt, attempts }: Attempt): Promise<Outcome> {
    try {
      const next = await job.runs.run(data);
      await this.queues.add(next);
      return { is: 'done' };
    } catch (error) {
      if (error instanceof Postponed) return { is: 'postponed', waitMs: error.waitMs };
      return this.failed(job, data, error as Error, isFinal(error as Error, attempt, attempts));
    }
  }

  private async failed(
    { definition, runs }: RunnableJob,
    data: object,
    error: Error,
    final: boolean,
  ): Promise<Outcome> {
    const what = `${definition.name}: ${error.message}`;
    if (!final) {
      this.log.warn(`${what} (will be retried)`);
      return { is: 'again', error };
    }
    // Only our own errors say all there is to know; for others a developer needs the stack.
    this.log.error(what, error instanceof CarnotError ? undefined : error.stack);
    try {
      await this.queues.add((await runs.giveUp?.(data, error)) ?? []);
    } catch (wrong) {
      // Giving up is retried with the job, as long as attempts are left.
      return { is: 'again', error: wrong as Error };
    }
    return { is: 'failed', error };
  }
}

/** The consumer's side of the queues: runs the jobs, and does what an error's class calls for. */
export abstract class Workers {
  abstract start(): Promise<void>;

  /** Lets running jobs finish; one that takes longer than `graceMs` is left to another worker. */
  abstract close(graceMs: number): Promise<void>;
}

/** A queue implementation: both sides on one store. BullMQ's is the real one; tests run jobs in order. */
export interface QueueDriver {
  queues(): Queues;
  workers(queues: Queues, runner: JobRunner): Workers;
}
