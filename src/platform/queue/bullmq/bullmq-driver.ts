import { queueNames } from '../../../kernel/jobs.js';
import type { Environment } from '../../config/environment.js';
import type { QueueDriver } from '../workers.js';
import { BullmqQueues } from './bullmq-queues.js';
import { BullmqWorkers } from './bullmq-workers.js';
import { connectQueue } from './connection.js';

/** Returns BullMQ on the store set in the environment; `works`: whether this process also runs jobs. */
export async function bullmqDriver(
  env: Environment,
  channels: readonly string[],
  works: boolean,
): Promise<QueueDriver> {
  const connection = await connectQueue(env, works ? queueNames(channels).length : 0);
  return {
    queues: () => new BullmqQueues(connection, channels),
    workers: (queues, stages) => new BullmqWorkers(connection, queues, stages),
  };
}
