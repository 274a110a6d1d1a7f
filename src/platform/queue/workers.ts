import type { JobRunner } from './job-runner.js';
import { Queues } from './queues.js';

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
