import type { Processor } from '../../kernel/jobs.js';
import { Queues } from './queues.js';

/** The consumer's side of the queues: runs the stages, and carries out what an error's class asks for. */
export abstract class Workers {
  abstract start(): Promise<void>;

  /** Lets the jobs under way end; one that takes longer than `graceMs` is left to another worker. */
  abstract close(graceMs: number): Promise<void>;
}

/**
 * One kind of queue: both its sides on one store. BullMQ's is what runs; the tests have one that works jobs
 * off in order.
 */
export interface QueueDriver {
  queues(): Queues;
  workers(queues: Queues, stages: Processor[]): Workers;
}
