import { CarnotError } from '../kernel/errors.js';
import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { runningServer } from '../platform/database/embedded/running-server.js';
import { keptKey, secretBoxOf } from '../platform/secrets/secret-box.js';
import type { Environment } from '../platform/config/environment.js';
import { openDatabase } from './database/data-source.js';

/**
 * Runs with the configured database, or the embedded one: that of the running installation, or started just
 * for this. Either way as the program's own role.
 */
export async function withDatabase<T>(
  env: Pick<Environment, 'DATABASE_URL' | 'DATA_DIR'>,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const running = env.DATABASE_URL ?? runningServer(env.DATA_DIR);
  if (running) return work(running);
  const embedded = await startEmbeddedPostgres(env.DATA_DIR);
  try {
    return await work(embedded.url);
  } finally {
    await embedded.stop();
  }
}

/** Runs with the same database, opened; throws if it is that of no installation. */
export const withTables = <T>(
  env: Pick<Environment, 'DATABASE_URL' | 'DATA_DIR'>,
  work: (database: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
): Promise<T> =>
  withDatabase(env, async (url) => {
    const database = await openDatabase(url);
    try {
      const [ours]: unknown[] = await database.query(`SELECT WHERE to_regclass('migration') IS NOT NULL`);
      if (ours) return await work(database);
      throw new CarnotError(
        'NoTables',
        'This database has none of our tables. Name that of the installation in DATABASE_URL, or its folder in DATA_DIR.',
        'person',
      );
    } finally {
      await database.destroy();
    }
  });

/** Returns the names of this installation's keys; none is created. */
export const keyNames = (env: Environment): string[] =>
  env.SECRET_KEY || keptKey(env.DATA_DIR) ? secretBoxOf(env).keyNames : [];
