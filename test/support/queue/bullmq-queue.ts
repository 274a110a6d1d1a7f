import type { Queue } from 'bullmq';
import type { Queues } from '../../../src/platform/queue/queues.js';

/** BullMQ's own queue behind a name, to look into it or to lose what is in it. */
export const bullmqQueue = (queues: Queues, name: string): Queue =>
  (queues as unknown as { queues: Map<string, Queue> }).queues.get(name)!;
