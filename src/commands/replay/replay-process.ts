import { z } from 'zod';
import type { INestApplicationContext } from '@nestjs/common';
import { CarnotError } from '../../kernel/errors.js';
import type { Clock, Fetcher } from '../../kernel/ports.js';
import type { Faults } from './options.js';
import { ADVANCE, HarvestJob } from '../../harvest/harvest.job.js';
import { LIST, ListJob } from '../../harvest/lists/list.job.js';
import { type HarvestRunEntity, RunRepository } from '../../harvest/store/run.repository.js';
import { say } from '../../platform/say.js';
import { Queues } from '../../platform/queue/job.js';
import type { Wiring } from '../../app/platform.module.js';
import { stopOnSignal } from '../../app/failure.js';
import { build, end, prepare } from '../../app/process.js';
import { readWiring } from '../../app/wiring.js';
import { startEmbeddedPostgres } from '../../platform/database/embedded/embedded-postgres.js';
import { Workers } from '../../platform/queue/job-runner.js';

const Control = z.object({
  days: z.array(z.string()).min(1),
  day: z.string(),
  faults: z.record(z.string(), z.number()),
});
type Control = z.infer<typeof Control>;

/** A client for the simulated portal, which can be told the day. */
export class StandIn {
  private readonly url: URL;

  constructor(
    private readonly fetcher: Fetcher,
    origin: string,
  ) {
    this.url = new URL('/_control', origin);
  }

  /** Returns its days and the active faults. */
  look(): Promise<Control> {
    return this.ask('GET', null);
  }

  /** Moves it to a day; without `faults`, its faults stay as they are. */
  move(day: string, faults?: Faults): Promise<Control> {
    return this.ask('POST', JSON.stringify({ day, ...(faults && { faults }) }));
  }

  private async ask(method: 'GET' | 'POST', body: string | null): Promise<Control> {
    const answer = await this.fetcher.fetch(this.url, {
      method,
      headers: { 'content-type': 'application/json' },
      body,
    });
    const read = Control.safeParse(answer.notModified ? null : JSON.parse(answer.bytes.toString('utf8')));
    if (!read.success)
      throw new CarnotError(
        'NoStandIn',
        `${this.url.href} does not respond like a stand-in: ${z.prettifyError(read.error)}`,
        'person',
      );
    return read.data;
  }
}

const LOOK_MS = 40;

/** A clock set by the replay. */
export class ReplayClock implements Clock {
  at = new Date(0);
  now(): Date {
    return this.at;
  }
}

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, LOOK_MS);
  });

/** Harvests whose end is waited for. */
export class Harvests {
  constructor(private readonly app: INestApplicationContext) {}

  /** Runs one harvest until it ends, whatever the result; continues a run that a killed process began. */
  async toTheEnd(sourceId: string, day: string): Promise<HarvestRunEntity> {
    const { run, jobs } = await this.app.get(HarvestJob).begin(sourceId);
    await this.app.get(Queues).add(jobs);
    return this.ended(run.id, day);
  }

  async ended(runId: string, day: string): Promise<HarvestRunEntity> {
    for (;;) {
      const now = (await this.app.get(RunRepository).findById(runId))!;
      if (now.endedAt && now.state !== 'accepted')
        say(`  ${day}: ${now.kind === 'full' ? '' : `${now.kind} `}${now.state}, ${now.reason}`);
      if (now.endedAt) return now;
      await pause();
    }
  }

  /**
   * Reads the portal's own list when due, and the topics found only there. A failed attempt is repeated at
   * the next visit.
   */
  async ownLists(day: string): Promise<void> {
    const [due, queues] = [this.app.get(ListJob), this.app.get(Queues)];
    const readings = (await due.due()).filter((j) => j.name === LIST.name);
    await queues.add(readings);
    if (readings.length) await this.idle();
    const begun = await due.due();
    await queues.add(begun);
    for (const { name, data } of begun) if (name === ADVANCE.name) await this.ended(data['runId']!, day);
  }

  private async idle(): Promise<void> {
    for (;;) {
      const counts = (await this.app.get(Queues).counts())['harvest'];
      if (!counts || (!counts.waiting && !counts.delayed && !counts.active)) return;
      await pause();
    }
  }
}

/** What a replay reads besides, and what it changes in its wiring. */
interface ReplayVariant {
  variables: NodeJS.ProcessEnv;
  adjust: (wiring: Wiring) => Partial<Wiring>;
}

/** Runs with the real modules, queue and database, kept in `folder`, and a clock that is set to each day. */
export async function withReplayProcess(
  folder: string,
  { variables, adjust }: ReplayVariant,
  work: (app: INestApplicationContext, clock: ReplayClock, wiring: Wiring) => Promise<void>,
): Promise<void> {
  // Days lost in a crash of the machine are replayed again.
  const embedded = await startEmbeddedPostgres(folder, { synchronous_commit: 'off' });
  const clock = new ReplayClock();
  let app: INestApplicationContext | undefined;
  const stop = async (): Promise<void> => {
    if (app) await end(app);
    await embedded.stop();
  };
  stopOnSignal(stop);
  try {
    const own = {
      DATA_DIR: folder,
      PORT: '0',
      PUBLIC_URL: 'https://carnot-europe.example',
      LOG_LEVEL: 'error',
    };
    const read = await readWiring({ ...own, ...variables }, 'start');
    const wiring: Wiring = {
      ...read,
      clock,
      env: { ...read.env, DATABASE_URL: embedded.url },
      settings: { ...read.settings, http: { ...read.settings.http, robots: false, rateLimit: false } },
      ...adjust(read),
    };
    app = await build(wiring, false);
    await prepare(app, wiring);
    // The work of a killed process is found in the database; its jobs would block until their locks expire.
    await app.get(Queues).clear();
    await app.get(Workers).start();
    await work(app, clock, wiring);
  } finally {
    await stop();
  }
}
