import { queueNames } from '../../../kernel/jobs.js';
import type { Environment } from '../../config/environment.js';
import type { QueueDriver } from '../workers.js';
import { BullmqQueues } from './bullmq-queues.js';
import { BullmqWorkers } from './bullmq-workers.js';
import { connectQueue } from './connection.js';

/** BullMQ on the store that the environment names; `works` says whether this process works off jobs too. */
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
