import type { INestApplicationContext } from '@nestjs/common';
import type { Wiring } from '../../app/platform.module.js';
import { build, end, prepare, stopOnSignal } from '../../app/process.js';
import { readWiring } from '../../app/wiring.js';
import { startEmbeddedPostgres } from '../../platform/database/embedded/embedded-postgres.js';
import { Queues } from '../../platform/queue/queues.js';
import { Workers } from '../../platform/queue/workers.js';
import { ReplayClock } from './harvests.js';

/** What a replay reads besides, and what it changes in its wiring. */
export interface ReplayVariant {
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
