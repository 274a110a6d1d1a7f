import { Injectable, Logger } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { DiscoveryService } from '@nestjs/core';
import { acrossInstitutes } from '../database/request-context.js';
import { type NextJob, Queues } from '../queue/job.js';

/** Checks what is due: reads the database and returns the jobs; anything slow is a job. */
export interface DueCheck {
  due(): Promise<NextJob[]>;
}

/** Whether this process does the next round; without it, each process does its own. */
type Turn = () => Promise<boolean>;

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

/** Alarms, the disks and the database are looked at this often, or more often if the settings say so. */
const SOON_SECONDS = 10;

/**
 * The rounds of monitoring, each with a ticker of its own: what is watched may hold up neither an alarm nor
 * the heartbeat, and a mail server that hangs must not look like missing workers.
 */
const ROUNDS = {
  state: 'what is watched',
  alarms: 'alarms to send',
  heartbeat: 'the heartbeat',
} as const;
type Round = keyof typeof ROUNDS;

/** When a check of monitoring runs: in which round, at which place in it, and in which processes. */
interface Watch {
  round: Round;
  place?: 'first' | 'last';
  /** Not in a process that only answers requests. */
  ofWorkers?: boolean;
}

/** Marks a class whose `due` is a check of monitoring. Its module provides it; nothing else lists it. */
export const Watches = DiscoveryService.createDecorator<Watch>();

const PLACES: (Watch['place'] | undefined)[] = ['first', undefined, 'last'];

/** Runs all checks of monitoring, found by their decorator. */
@Injectable()
export class Monitors {
  private readonly tickers: Record<Round, Ticker>;

  constructor(
    private readonly discovery: DiscoveryService,
    registry: SchedulerRegistry,
    queues: Queues,
  ) {
    const ticker = (): Ticker => new Ticker(registry, queues);
    this.tickers = { state: ticker(), alarms: ticker(), heartbeat: ticker() };
  }

  /** Every process watches, including the API: only another process can notice that no worker runs. */
  start({ works, everySeconds }: { works: boolean; everySeconds: number }): void {
    const soon = Math.min(everySeconds, SOON_SECONDS);
    const seconds = { state: everySeconds, alarms: soon, heartbeat: SOON_SECONDS };
    for (const round of Object.keys(ROUNDS) as Round[])
      this.tickers[round].start(this.checks(round, works), seconds[round], { name: ROUNDS[round] });
  }

  async stop(): Promise<void> {
    await Promise.all(Object.values(this.tickers).map((ticker) => ticker.stop()));
  }

  private checks(round: Round, works: boolean): DueCheck[] {
    const found = this.discovery.getProviders({ metadataKey: Watches.KEY }).map((wrapper) => ({
      watch: this.discovery.getMetadataByDecorator(Watches, wrapper)!,
      check: wrapper.instance as DueCheck,
    }));
    return PLACES.flatMap((place) =>
      found.filter(
        ({ watch }) => watch.round === round && watch.place === place && (works || !watch.ofWorkers),
      ),
    ).map(({ check }) => check);
  }
}
