import type { Job, Queue } from 'bullmq';
import type { QueueHealth } from '../../../monitoring/domain/queue-health.js';

/** How many of the next jobs are checked for the longest wait: returning jobs do not always go to the end. */
const LOOKED_AT = 20;

/** The jobs waiting in a queue, and for how long, by the machine's clock, like the queue's timestamps. */
export class WaitingLine {
  /** When a job that already had an attempt was first seen waiting again, by its id. */
  private back = new Map<string, number>();

  constructor(private readonly queue: Queue) {}

  async health(): Promise<QueueHealth> {
    const {
      waiting = 0,
      prioritized = 0,
      delayed = 0,
      active = 0,
      failed = 0,
    } = await this.queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed');
    const next = await this.next(waiting, prioritized);
    const now = Date.now();
    const since = this.since(next, now);
    return {
      name: this.queue.name,
      waiting: waiting + prioritized,
      delayed,
      active,
      failed,
      oldestWaitingMs: since === null ? null : Math.max(0, now - since),
    };
  }

  private async next(waiting: number, prioritized: number): Promise<Job[]> {
    // Counted from the newest, whatever order is requested: of the ways to get the end of the line, this one
    // means the same in Redis and in PostgreSQL, whose backend cuts an ascending range out of the newest.
    const plain = waiting
      ? await this.queue.getJobs(['waiting'], Math.max(0, waiting - LOOKED_AT), -1, false)
      : [];
    const ahead = prioritized ? await this.queue.getJobs(['prioritized'], 0, LOOKED_AT - 1, true) : [];
    return [...plain, ...ahead];
  }

  /**
   * Returns since when the oldest of them has waited. A job that was started and came back after a pause has
   * waited since then, not since it was added; the queue does not record that time, so it counts from when it
   * was first seen here.
   */
  private since(jobs: Job[], now: number): number | null {
    const begun = jobs.filter((job) => job.attemptsStarted > 0);
    this.back = new Map(begun.map(({ id }) => [id!, this.back.get(id!) ?? now]));
    const all = jobs.map((job) => this.back.get(job.id!) ?? job.timestamp);
    return all.length ? Math.min(...all) : null;
  }
}
