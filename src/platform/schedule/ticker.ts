import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { NextJob } from '../../domain/jobs.js';
import { Queues } from '../queue/queues.js';

/** Looks what is due. It reads the database and says which jobs that makes; it never does the work itself. */
export interface DueCheck {
  due(): Promise<NextJob[]>;
}

const NAME = 'what is due';

/**
 * Asks every check at a steady pace and queues what is due. As each answers from what the database says, a tick that is
 * late, lost or made by several processes at once changes nothing: the next one finds the same things due.
 */
@Injectable()
export class Ticker {
  private readonly log = new Logger('Ticker');
  private running: Promise<void> | null = null;

  constructor(
    private readonly registry: SchedulerRegistry,
    private readonly queues: Queues,
  ) {}

  start(checks: DueCheck[], everySeconds: number): void {
    this.registry.addInterval(NAME, setInterval(() => void this.tick(checks), everySeconds * 1_000));
    void this.tick(checks);
  }

  /** One round; a round that is under way is not begun again. */
  tick(checks: DueCheck[]): Promise<void> {
    this.running ??= this.round(checks).finally(() => { this.running = null; });
    return this.running;
  }

  private async round(checks: DueCheck[]): Promise<void> {
    for (const check of checks) {
      try {
        await this.queues.add(await check.due());
      } catch (error) {
        this.log.error(`what is due could not be looked up: ${(error as Error).message}`);
      }
    }
  }

  async stop(): Promise<void> {
    if (this.registry.doesExist('interval', NAME)) this.registry.deleteInterval(NAME);
    await this.running;
  }
}
