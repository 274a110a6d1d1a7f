import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Queues } from '../queue/queues.js';
import { type DueCheck, Ticker } from './ticker.js';

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
export interface Watch {
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
