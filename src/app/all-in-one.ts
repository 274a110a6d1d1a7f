import { Logger, type INestApplication } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { acrossInstitutes } from '../platform/database/request-context.js';
import { backupFolder } from '../platform/database/backup/backup-folder.js';
import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { stopOnSignal } from './failure.js';
import { readWiring } from './wiring.js';
import type { Wiring } from './platform.module.js';

const END_MS = 6_000;

const ofDatabase = (what: string): void => new Logger('Database').error(what);

/** What differs between starts: the wiring, and what runs after the server listens and before it works. */
export interface Variant {
  adjust?: (wiring: Wiring) => Wiring;
  ready?: (app: INestApplication) => Promise<void>;
}

/**
 * Starts API and worker in one process, with the configured or an embedded database. Resolves when all is up;
 * the first harvest continues in the background. If a step fails, everything started is stopped.
 */
export async function startAll(variables: NodeJS.ProcessEnv, variant: Variant = {}): Promise<void> {
  const read = await readWiring(variables, 'start');
  // Loaded only here, because it takes seconds: configuration errors are reported at once.
  const [{ build, end, prepare, warm, work }, { describe }, { announce }, { showFirstHarvest }] =
    await Promise.all([
      import('./process.js'),
      import('./api.js'),
      import('./announce.js'),
      import('./first-harvest.js'),
    ]);
  const checked = variant.adjust?.(read) ?? read;
  const { env } = checked;
  const embedded = env.DATABASE_URL ? null : await startEmbeddedPostgres(env.DATA_DIR, {}, ofDatabase);
  const wiring = {
    ...checked,
    env: {
      ...env,
      ...(embedded && { DATABASE_URL: embedded.url, BACKUP_DIR: env.BACKUP_DIR ?? backupFolder(env) }),
    },
  };
  let app: INestApplication | undefined;
  const stop = async (): Promise<void> => {
    try {
      // The database must be stopped too, whatever holds up the application.
      if (app) await pTimeout(end(app), { milliseconds: END_MS, message: false });
    } finally {
      await embedded?.stop();
    }
  };
  stopOnSignal(stop);
  try {
    app = (await build(wiring, true)) as INestApplication;
    await prepare(app, wiring);
    describe(app);
    await app.listen(env.PORT, env.HOST);
    await acrossInstitutes('the demonstration is filled', async () => variant.ready?.(app!));
    await announce(app, env, embedded ?? undefined);
    await work(app, wiring);
    warm(app);
    void acrossInstitutes('the first harvest is shown to the operator', () => showFirstHarvest(app!)).catch(
      () => undefined,
    ); // A stop in between closes the database.
  } catch (error) {
    await stop();
    throw error;
  }
}
