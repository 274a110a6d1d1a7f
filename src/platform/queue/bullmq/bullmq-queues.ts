import { Queue } from 'bullmq';
import pTimeout from 'p-timeout';
import { CarnotError } from '../../../kernel/errors.js';
import { queueOf, type NextJob } from '../../../kernel/jobs.js';
import type { QueueHealth } from '../../../monitoring/domain/queue-health.js';
import { ATTEMPTS, jobKey, Queues, type QueueCounts } from '../queues.js';
import type { QueueConnection } from './connection.js';
import { WaitingLine } from './waiting-line.js';

const READY_MS = 10_000;

const OPTIONS = {
  attempts: ATTEMPTS,
  backoff: { type: 'by-retry-policy' },
  // Enough to inspect; on PostgreSQL every job that ends, and every count, scans all kept jobs.
  removeOnComplete: { count: 50 },
  removeOnFail: { age: 7 * 86_400, count: 1_000 },
};

/** Returns the store's answer, or throws: a store that is gone may stay silent for ever. */
const inTime = <T>(answer: Promise<T>): Promise<T> =>
  pTimeout(answer, {
    milliseconds: READY_MS,
    message: new CarnotError(
      'QueueOutOfReach',
      'The queue cannot be used: the Redis in REDIS_URL does not answer. Start it, or correct REDIS_URL.',
      'person',
    ),
  });

/** The queues in BullMQ, on Redis or on PostgreSQL. */
export class BullmqQueues extends Queues {
  private readonly queues: Map<string, Queue>;
  private readonly lines: WaitingLine[];

  constructor(
    private readonly connection: QueueConnection,
    channels: readonly string[],
  ) {
    super(channels);
    this.queues = new Map(
      this.names.map((name) => [name, new Queue(name, { connection: connection.adding })]),
    );
    this.lines = [...this.queues.values()].map((queue) => new WaitingLine(queue));
    for (const queue of this.queues.values()) queue.on('error', () => undefined); // Reconnects; adding fails.
  }

  async add(jobs: NextJob[], delay = 0): Promise<void> {
    for (const next of jobs) {
      const deduplication = { id: jobKey(next), keepLastIfActive: true };
      await this.queue(queueOf(next)).add(next.name, next.data, {
        ...OPTIONS,
        deduplication,
        ...(delay > 0 && { delay }),
      });
    }
  }

  private queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`there is no queue "${name}": there are ${this.names.join(', ')}`);
    return queue;
  }

  async counts(): Promise<Record<string, QueueCounts>> {
    const entries = await Promise.all(
      [...this.queues].map(async ([name, queue]) => {
        const {
          waiting = 0,
          delayed = 0,
          active = 0,
          failed = 0,
        } = await queue.getJobCounts('waiting', 'delayed', 'active', 'failed');
        return [name, { waiting, delayed, active, failed }] as const;
      }),
    );
    return Object.fromEntries(entries);
  }

  health(): Promise<QueueHealth[]> {
    return inTime(Promise.all(this.lines.map((line) => line.health())));
  }

  async clear(): Promise<void> {
    for (const queue of this.queues.values()) await queue.obliterate({ force: true });
  }

  async ready(): Promise<void> {
    await inTime(Promise.all([...this.queues.values()].map((q) => q.waitUntilReady())));
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((q) => q.close()));
    await this.connection.close();
  }
}
