import type { INestApplicationContext } from '@nestjs/common';
import { build, end, prepare, stopOnSignal } from '../../app/process.js';
import type { Wiring } from '../../app/platform.module.js';
import { readWiring } from '../../app/wiring.js';
import { RunRepository } from '../../harvest/store/run.repository.js';
import type { Clock } from '../../kernel/ports.js';
import { startEmbeddedPostgres } from '../../platform/database/embedded/embedded-postgres.js';
import { Queues } from '../../platform/queue/queues.js';
import { Workers } from '../../platform/queue/workers.js';
import { say } from '../../platform/say.js';
import { FETCHER } from '../../platform/tokens.js';
import { draftEvents, registerEvents, topicsRead } from './drafts-told.js';
import { Harvests, ReplayClock } from './harvests.js';
import type { SourcesReplayOptions } from './options.js';
import { writeWhole } from './progress-file.js';
import { StandIn } from './stand-in.js';

const PORTAL = 'funding-tenders';
const REGISTER = 'comitology-register';
/** A reading that is not accepted is repeated two hours later, until the day is over. */
const HOURS = Array.from({ length: 12 }, (_, i) => String(2 * i).padStart(2, '0'));

async function wiringFor(
  { sources }: SourcesReplayOptions,
  folder: string,
  databaseUrl: string,
  clock: Clock,
): Promise<Wiring> {
  const variables = {
    DATA_DIR: folder,
    PORT: '0',
    PUBLIC_URL: 'https://carnot-europe.example',
    LOG_LEVEL: 'error',
    SOURCES: `${PORTAL},${REGISTER}`,
    FUNDING_TENDERS_URL: sources,
  };
  const read = await readWiring(variables, 'start');
  return {
    ...read,
    clock,
    institutes: [],
    sources: read.sources.map((s) => ({ ...s, origin: sources, trusted: true })),
    env: { ...read.env, DATABASE_URL: databaseUrl },
    settings: { ...read.settings, http: { ...read.settings.http, robots: false, rateLimit: false } },
  };
}

/** Reads the sources on each day of the stand-in, and writes what was read and what happened. */
class SourcesReplay {
  private readonly standIn: StandIn;
  private readonly harvests: Harvests;

  constructor(
    private readonly app: INestApplicationContext,
    private readonly clock: ReplayClock,
    private readonly options: SourcesReplayOptions,
  ) {
    this.standIn = new StandIn(app.get(FETCHER), options.sources);
    this.harvests = new Harvests(app);
  }

  async all(): Promise<void> {
    const { from, to } = this.options;
    const days = (await this.standIn.look()).days.filter((d) => d >= from && d <= to);
    const done = await this.app.get(RunRepository).endedStarts(REGISTER);
    for (const [i, day] of days.entries()) {
      await this.standIn.move(day);
      // The stand-in's portal is the same on all days.
      if (i === 0) await this.readOnce(PORTAL, day, new Set());
      if (![...done].some((start) => start.startsWith(day))) await this.readOnce(REGISTER, day, done);
      if (i % 10 === 9 || i === days.length - 1)
        say(`  ${day}: ${i + 1} of ${days.length} days, after ${process.uptime().toFixed(1)} s`);
    }
    await this.write();
  }

  /** Reads a source until a reading of the day is accepted. */
  private async readOnce(sourceId: string, day: string, done: ReadonlySet<string>): Promise<void> {
    for (const hour of HOURS) {
      const at = new Date(`${day}T${hour}:00:00Z`);
      if (done.has(at.toISOString())) continue;
      this.clock.at = at;
      if ((await this.harvests.toTheEnd(sourceId, day)).state === 'accepted') return;
    }
  }

  private async write(): Promise<void> {
    const lines = (rows: object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    writeWhole(this.options.readFile, lines(await topicsRead(this.app)));
    const day = this.options.to;
    writeWhole(
      this.options.eventsFile,
      lines([...(await registerEvents(this.app)), ...(await draftEvents(this.app, day))]),
    );
  }
}

/** Replays the days with the real modules, queue and database, with the clock set to each day. */
export async function replaySources(options: SourcesReplayOptions, folder: string): Promise<void> {
  const embedded = await startEmbeddedPostgres(folder, { synchronous_commit: 'off' });
  const clock = new ReplayClock();
  let app: INestApplicationContext | undefined;
  const stop = async (): Promise<void> => {
    if (app) await end(app);
    await embedded.stop();
  };
  stopOnSignal(stop);
  try {
    const wiring = await wiringFor(options, folder, embedded.url, clock);
    app = await build(wiring, false);
    await prepare(app, wiring);
    await app.get(Queues).clear();
    await app.get(Workers).start();
    await new SourcesReplay(app, clock, options).all();
  } finally {
    await stop();
  }
}
