import { Logger } from '@nestjs/common';
import { queueNames, type NextJob } from '../../kernel/jobs.js';
import type { QueueHealth } from '../../monitoring/domain/index.js';

/** A job that fails for a reason that may pass is tried so often, the first time included. */
export const ATTEMPTS = 6;

/** How many jobs a queue holds in each state. */
export interface QueueCounts {
  waiting: number;
  delayed: number;
  active: number;
  failed: number;
}

/**
 * What identifies a job among those not yet finished: its name and its data. No colon: BullMQ splits keys at
 * them.
 */
export const jobKey = ({ name, data }: NextJob): string =>
  [name, ...Object.values(data)].join('_').replaceAll(':', '.');

/** The producer's side of the queues, whatever keeps them. */
export abstract class Queues {
  private readonly log = new Logger('Queues');
  /** What the queues are called. */
  readonly names: readonly string[];

  /** `channels`: the ids of those that there are, each of which has a queue of its own. */
  constructor(channels: readonly string[]) {
    this.names = queueNames(channels);
  }

  /**
   * Adds jobs. One that waits already is not added again; one that is being worked on is done once more
   * afterwards, since it may have begun before what we know now. With a delay (milliseconds) what comes in
   * quick succession is done once.
   */
  abstract add(jobs: NextJob[], delay?: number): Promise<void>;

  /** Jobs of each queue, by its name. */
  abstract counts(): Promise<Record<string, QueueCounts>>;

  /**
   * What each queue holds, and how long its oldest job waits. Throws where the queue's store does not answer
   * in time.
   */
  abstract health(): Promise<QueueHealth[]>;

  /**
   * Throws away every job, those of dead workers included; for a process that knows that it is the only one.
   */
  abstract clear(): Promise<void>;

  /** Resolves when jobs can be added; throws where the queue's store does not answer in time. */
  abstract ready(): Promise<void>;

  abstract close(): Promise<void>;

  /**
   * Adds jobs for somebody who waits for an answer. A queue that does not answer is no failure: the next tick
   * finds them due.
   */
  async hurry(jobs: NextJob[], delay = 0): Promise<void> {
    await this.add(jobs, delay).catch((error: Error) =>
      this.log.warn(`left for the next check because the queue does not respond: ${error.message}`),
    );
  }
}
