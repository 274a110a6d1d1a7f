import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { acrossInstitutes } from '../database/request-context.js';
import type { NextJob } from '../queue/job.js';
import { Queues } from '../queue/queues.js';

/** Checks what is due: reads the database and returns the jobs; anything slow is a job. */
export interface DueCheck {
  due(): Promise<NextJob[]>;
}

/** Whether this process does the next round; without it, each process does its own. */
export type Turn = () => Promise<boolean>;

/**
 * Runs every check at a steady interval and queues what is due. Since each answers from the database, a tick
 * that is late, lost or run by several processes at once changes nothing: the next one finds the same things
 * due.
 */
@Injectable()
export class Ticker {
  private readonly log = new Logger('Ticker');
  private running: Promise<void> | null = null;
  private name = 'what is due';
  /** Whether this process could not look, or not queue what it found: another may. */
  private failed = false;

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly queues: Queues,
  ) {}

  /**
   * `name` says in the log what is checked; each ticker in a process has its own. The first round is always
   * this process's own: what it knows may be new.
   */
  start(
    checks: DueCheck[],
    everySeconds: number,
    { name = this.name, turn }: { name?: string; turn?: Turn } = {},
  ): void {
    this.name = name;
    this.registry.addInterval(
      name,
      setInterval(() => void this.tick(checks, turn), everySeconds * 1_000),
    );
    void this.tick(checks);
  }

  /** Runs one round, unless one is already running or it is another process's turn. */
  tick(checks: DueCheck[], turn?: Turn): Promise<void> {
    const round = (): Promise<void> => this.round(checks, turn);
    this.running ??= acrossInstitutes('what is due is looked up for everybody', round).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async round(checks: DueCheck[], turn?: Turn): Promise<void> {
    if (turn && !(await this.isOurs(turn))) return;
    for (const check of checks) {
      try {
        await this.queues.add(await check.due());
      } catch (error) {
        this.failed = true;
        this.log.error(`${this.name} failed: ${(error as Error).message}`);
      }
    }
  }

  private async isOurs(turn: Turn): Promise<boolean> {
    if (this.failed) {
      this.failed = false;
      return false;
    }
    try {
      return await turn();
    } catch (error) {
      this.log.error(`${this.name} failed: ${(error as Error).message}`);
      return false;
    }
  }

  async stop(): Promise<void> {
    if (this.registry.doesExist('interval', this.name)) this.registry.deleteInterval(this.name);
    await this.running;
  }
}
