import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { NextJob } from '../../kernel/jobs.js';
import { acrossInstitutes } from '../database/acting.js';
import { Queues } from '../queue/queues.js';

/** Looks what is due. It reads the database and says which jobs that makes; whatever takes long is a job. */
export interface DueCheck {
  due(): Promise<NextJob[]>;
}

/**
 * Asks every check at a steady interval and queues what is due. As each answers from the database, a tick
 * that is late, lost or made by several processes at once changes nothing: the next one finds the same things
 * due.
 */
@Injectable()
export class Ticker {
  private readonly log = new Logger('Ticker');
  private running: Promise<void> | null = null;
  private name = 'what is due';

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly queues: Queues,
  ) {}

  /** `name` says what is looked for, in the log; it is the ticker's own within a process. */
  start(checks: DueCheck[], everySeconds: number, name = this.name): void {
    this.name = name;
    this.registry.addInterval(
      name,
      setInterval(() => void this.tick(checks), everySeconds * 1_000),
    );
    void this.tick(checks);
  }

  /** One round; a round that is under way is not begun again. */
  tick(checks: DueCheck[]): Promise<void> {
    const round = (): Promise<void> => this.round(checks);
    this.running ??= acrossInstitutes('what is due is looked up for everybody', round).finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async round(checks: DueCheck[]): Promise<void> {
    for (const check of checks) {
      try {
        await this.queues.add(await check.due());
      } catch (error) {
        this.log.error(`${this.name} failed: ${(error as Error).message}`);
      }
    }
  }

  async stop(): Promise<void> {
    if (this.registry.doesExist('interval', this.name)) this.registry.deleteInterval(this.name);
    await this.running;
  }
}
