import { AsyncLocalStorage } from 'node:async_hooks';
import type { QueueHealth } from '../../../src/kernel/ports.js';
import {
  ATTEMPTS,
  jobKey,
  type QueueCounts,
  Queues,
  queueNames,
  type NextJob,
} from '../../../src/platform/queue/job.js';
import {
  backoffMs,
  type JobRunner,
  type Outcome,
  type QueueDriver,
  Workers,
} from '../../../src/platform/queue/job-runner.js';

interface QueuedJob {
  job: NextJob;
  key: string;
  /** The position in the order of arrival. */
  place: number;
  /** The earliest start, in the driver's own time. */
  due: number;
  attempt: number;
}

/** More tries than any test needs: beyond that the jobs go round in circles. */
const MOST_TRIES = 3_000;

/**
 * A queue whose jobs the test runs one after the other: by due time, then by arrival. It has its own time,
 * which advances by the pauses that jobs request, so that nobody waits.
 */
export class OrderedQueue implements QueueDriver {
  private static readonly stores = new Map<string, OrderedQueue>();

  /** Returns the queue of a database; applications that share a database share its queue. */
  static of(databaseUrl: string, channels: readonly string[]): OrderedQueue {
    const made = OrderedQueue.stores.get(databaseUrl) ?? new OrderedQueue(channels);
    OrderedQueue.stores.set(databaseUrl, made);
    return made;
  }

  /** Returns this test file's queues that are not closed. */
  static open(): OrderedQueue[] {
    return [...OrderedQueue.stores.values()];
  }

  /** Milliseconds elapsed. */
  now = 0;
  private readonly names: readonly string[];
  private line: QueuedJob[] = [];
  private readonly active: QueuedJob[] = [];
  /** Jobs to run again after the one in progress, by key. */
  private readonly again = new Map<string, NextJob>();
  private readonly ended = { completed: [] as QueuedJob[], failed: [] as QueuedJob[] };
  private readonly paused = new Set<string>();
  private places = 0;
  private readonly users = new Set<Queues>();
  /** The applications' runners; the newest runs. */
  private runners: JobRunner[] = [];
  private running: Promise<number> | null = null;
  /** Set while a job runs: what it waits for is processed within it. */
  private readonly inside = new AsyncLocalStorage<true>();

  constructor(private readonly channels: readonly string[]) {
    this.names = queueNames(channels);
  }

  queues(): Queues {
    const queues = new OrderedQueues(this.channels, this);
    this.users.add(queues);
    return queues;
  }

  workers(_queues: Queues, runner: JobRunner): Workers {
    return new OrderedWorkers(this, runner);
  }

  begin(runner: JobRunner): void {
    this.runners.push(runner);
  }

  end(runner: JobRunner): void {
    this.runners = this.runners.filter((other) => other !== runner);
  }

  add(job: NextJob, delay: number): void {
    if (!this.names.includes(job.queue))
      throw new Error(`there is no queue "${job.queue}": there are ${this.names.join(', ')}`);
    const key = jobKey(job);
    if (this.active.some((job) => job.key === key)) this.again.set(key, job);
    else if (!this.line.some((waiting) => waiting.key === key))
      this.enter({ job, key, place: (this.places += 1), due: this.now + delay, attempt: 1 });
  }

  private enter(job: QueuedJob): void {
    this.line.push(job);
    const isLast = ({ job }: QueuedJob): number => Number(job.last ?? false);
    this.line.sort((a, b) => a.due - b.due || isLast(a) - isLast(b) || a.place - b.place);
  }

  /** Runs jobs until none is left, including those they create; returns the number of tries. */
  async run(): Promise<number> {
    if (this.inside.getStore()) return this.rounds();
    // Concurrent callers return once both are done.
    while (this.running) await this.running;
    this.running = this.rounds().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async rounds(): Promise<number> {
    let tries = 0;
    while (await this.step()) {
      tries += 1;
      if (tries > MOST_TRIES)
        throw new Error(
          `after ${MOST_TRIES} tries there is still work: ${this.line.map(({ key }) => key).join(', ')}`,
        );
    }
    return tries;
  }

  /** Tries the next job; returns false if there is none. */
  async step(): Promise<boolean> {
    const runner = this.runners.at(-1);
    const next = runner && this.line.find(({ job }) => !this.paused.has(job.queue));
    if (!next) return false;
    this.line = this.line.filter((job) => job !== next);
    this.now = Math.max(this.now, next.due);
    this.active.push(next);
    const { job, attempt } = next;
    const outcome = await this.inside.run(true, () =>
      runner.run({ name: job.name, data: job.data, attempt, attempts: ATTEMPTS }),
    );
    this.active.splice(this.active.indexOf(next), 1);
    this.settle(next, outcome);
    return true;
  }

  private settle(tried: QueuedJob, outcome: Outcome): void {
    const again = this.again.get(tried.key);
    this.again.delete(tried.key);
    if (outcome.is === 'postponed')
      return this.enter({ ...tried, due: this.now + Math.ceil(outcome.waitMs) });
    if (outcome.is === 'again' && tried.attempt < ATTEMPTS) {
      return this.enter({
        ...tried,
        attempt: tried.attempt + 1,
        due: this.now + backoffMs(tried.attempt, outcome.error),
      });
    }
    this.ended[outcome.is === 'done' ? 'completed' : 'failed'].push(tried);
    if (again) this.add(again, 0);
  }

  /** Stops processing a queue's jobs until `resume`. */
  pause(queue: string): void {
    this.paused.add(queue);
  }

  resume(queue: string): void {
    this.paused.delete(queue);
  }

  /** Discards all waiting jobs. */
  clear(): void {
    this.line = [];
    this.ended.completed = [];
    this.ended.failed = [];
  }

  counts(): Record<string, QueueCounts> {
    return Object.fromEntries(
      this.names.map((name) => {
        const own = ({ job }: QueuedJob): boolean => job.queue === name;
        const line = this.line.filter(own);
        const waiting = line.filter(({ due }) => due <= this.now).length;
        return [
          name,
          {
            waiting,
            delayed: line.length - waiting,
            active: this.active.filter(own).length,
            failed: this.ended.failed.filter(own).length,
          },
        ];
      }),
    );
  }

  /** Returns how many jobs completed, and how many were given up. */
  endings(): { completed: number; failed: number } {
    return { completed: this.ended.completed.length, failed: this.ended.failed.length };
  }

  left(queues: Queues): void {
    this.users.delete(queues);
    if (this.users.size) return;
    for (const [url, queue] of OrderedQueue.stores) if (queue === this) OrderedQueue.stores.delete(url);
  }
}

class OrderedQueues extends Queues {
  constructor(
    channels: readonly string[],
    private readonly queue: OrderedQueue,
  ) {
    super(channels);
  }

  async add(jobs: NextJob[], delay = 0): Promise<void> {
    for (const job of jobs) this.queue.add(job, delay);
  }

  async counts(): Promise<Record<string, QueueCounts>> {
    return this.queue.counts();
  }

  async health(): Promise<QueueHealth[]> {
    return Object.entries(this.queue.counts()).map(([name, counts]) => ({
      name,
      ...counts,
      oldestWaitingMs: counts.waiting ? 0 : null,
    }));
  }

  async clear(): Promise<void> {
    this.queue.clear();
  }

  async ready(): Promise<void> {}

  async close(): Promise<void> {
    this.queue.left(this);
  }
}

/** Starts nothing by itself: the test decides when. */
class OrderedWorkers extends Workers {
  constructor(
    private readonly queue: OrderedQueue,
    private readonly runner: JobRunner,
  ) {
    super();
  }

  async start(): Promise<void> {
    this.queue.begin(this.runner);
  }

  async close(): Promise<void> {
    this.queue.end(this.runner);
  }
}
