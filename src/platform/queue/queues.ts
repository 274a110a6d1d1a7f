import { Logger } from '@nestjs/common';
import type { QueueHealth } from '../../kernel/ports.js';
import { type NextJob, queueNames } from './job.js';

/** How often a job is attempted that fails for a reason that may pass, including the first time. */
export const ATTEMPTS = 6;

/** The number of jobs in each state of a queue. */
export interface QueueCounts {
  waiting: number;
  delayed: number;
  active: number;
  failed: number;
}

/** Returns what identifies an unfinished job: its name and its data. No colon: BullMQ splits keys at them. */
export const jobKey = ({ name, data }: NextJob): string =>
  [name, ...Object.values(data)].join('_').replaceAll(':', '.');

/** The producer's side of the queues, on any store. */
export abstract class Queues {
  private readonly log = new Logger('Queues');
  readonly names: readonly string[];

  /** `channels`: the ids of all channels, each of which has its own queue. */
  constructor(channels: readonly string[]) {
    this.names = queueNames(channels);
  }

  /**
   * Adds jobs. One that is already waiting is not added again; one that is running is run once more
   * afterwards, since it may have started before the latest change. With a delay (milliseconds), jobs added
   * in quick succession run once.
   */
  abstract add(jobs: NextJob[], delay?: number): Promise<void>;

  /** Returns the counts of each queue, by its name. */
  abstract counts(): Promise<Record<string, QueueCounts>>;

  /**
   * Returns what each queue holds, and how long its oldest job has waited. Throws if the queue's store does
   * not answer in time.
   */
  abstract health(): Promise<QueueHealth[]>;

  /** Deletes every job, including those of dead workers; for a process that knows it is the only one. */
  abstract clear(): Promise<void>;

  /** Resolves once jobs can be added; throws if the queue's store does not answer in time. */
  abstract ready(): Promise<void>;

  abstract close(): Promise<void>;

  /**
   * Adds jobs while someone waits for a response. A queue that does not answer is no failure: the next tick
   * finds them due.
   */
  async hurry(jobs: NextJob[], delay = 0): Promise<void> {
    await this.add(jobs, delay).catch((error: Error) =>
      this.log.warn(`left for the next check because the queue does not respond: ${error.message}`),
    );
  }
}
