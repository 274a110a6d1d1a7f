import { Logger } from '@nestjs/common';
import { Queue } from 'bullmq';
import { setTimeout } from 'node:timers/promises';
import { CarnotError } from '../../domain/errors.js';
import { queueNames, queueOf, type NextJob } from '../../domain/jobs.js';
import type { QueueHealth } from '../../domain/watch/queue-health.js';
import type { QueueConnection } from './connection.js';
import { WaitingLine } from './waiting-line.js';

/** What identifies a job among those not yet finished: its name and its data. No colon: BullMQ splits keys at them. */
const deduplicationId = ({ name, data }: NextJob): string => [name, ...Object.values(data)].join('_').replaceAll(':', '.');

const READY_MS = 10_000;

const OPTIONS = {
  attempts: 6,
  backoff: { type: 'by-remedy' },
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 7 * 86_400, count: 1_000 },
};

/** What the queue's store answers; a store that is gone may keep its silence for ever. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = setTimeout(READY_MS, null, { ref: false }).then(() => {
    throw new CarnotError('QueueOutOfReach', 'The queue cannot be used: the Redis in REDIS_URL does not answer. Start it, or correct REDIS_URL.', 'person');
  });
  return Promise.race([answer, late]);
}

/** The producer's side of the queues. */
export class Queues {
  private readonly log = new Logger('Queues');
  /** What the queues are called. */
  readonly names: readonly string[];
  private readonly queues: Map<string, Queue>;
  private readonly lines: WaitingLine[];

  /** `channels`: the ids of those that there are, each of which has a queue of its own. */
  constructor(private readonly connection: QueueConnection, channels: readonly string[]) {
    this.names = queueNames(channels);
    this.queues = new Map(this.names.map((name) => [name, new Queue(name, { connection: connection.adding })]));
    this.lines = [...this.queues.values()].map((queue) => new WaitingLine(queue));
    for (const queue of this.queues.values()) queue.on('error', () => undefined); // It reconnects; adding then fails, and says so.
  }

  /**
   * Adds jobs. One that waits already is not added again; one that is being worked on is done once more afterwards, since
   * it may have begun before what we know now. With a delay what comes in quick succession is done once.
   */
  async add(jobs: NextJob[], delay = 0): Promise<void> {
    for (const next of jobs) {
      const deduplication = { id: deduplicationId(next), keepLastIfActive: true };
      await this.queue(queueOf(next)).add(next.name, next.data, { ...OPTIONS, deduplication, ...(delay > 0 && { delay }) });
    }
  }

  private queue(name: string): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`there is no queue "${name}": there are ${this.names.join(', ')}`);
    return queue;
  }

  /** Adds jobs for somebody who waits for an answer. A queue that does not answer is no failure: the next tick finds them due. */
  async hurry(jobs: NextJob[], delay = 0): Promise<void> {
    await this.add(jobs, delay).catch((error: Error) => this.log.warn(`left to the next tick, since the queue does not answer: ${error.message}`));
  }

  /** Waiting, delayed and active jobs of each queue. */
  async counts(): Promise<Record<string, Record<string, number>>> {
    const entries = await Promise.all([...this.queues].map(async ([name, q]) => [name, await q.getJobCounts('waiting', 'delayed', 'active', 'failed')] as const));
    return Object.fromEntries(entries);
  }

  /** What each queue holds, and how long its oldest job waits. Throws where the queue's store does not answer within ten seconds. */
  health(): Promise<QueueHealth[]> {
    return inTime(Promise.all(this.lines.map((line) => line.health())));
  }

  /** Throws away every job, those of dead workers included; for a process that knows that it is the only one. */
  async clear(): Promise<void> {
    for (const queue of this.queues.values()) await queue.obliterate({ force: true });
  }

  /** Resolves when jobs can be added; throws where the queue's store does not answer within ten seconds. */
  async ready(): Promise<void> {
    await inTime(Promise.all([...this.queues.values()].map((q) => q.waitUntilReady())));
  }

  async close(): Promise<void> {
    await Promise.all([...this.queues.values()].map((q) => q.close()));
    await this.connection.close();
  }
}
