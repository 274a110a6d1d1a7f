import type { Queue } from 'bullmq';
import type { Queues } from '../../../src/platform/queue/job.js';

/** Returns BullMQ's own queue of that name, to inspect it or lose its contents. */
export const bullmqQueue = (queues: Queues, name: string): Queue =>
  (queues as unknown as { queues: Map<string, Queue> }).queues.get(name)!;
