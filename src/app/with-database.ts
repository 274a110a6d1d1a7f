import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { runningServer } from '../platform/database/embedded/running-server.js';
import { keptKey, secretBoxOf } from '../platform/secrets/secret-box.js';
import type { Environment } from '../platform/config/environment.js';

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

/** Returns the names of this installation's keys; none is created. */
export const keyNames = (env: Environment): string[] =>
  env.SECRET_KEY || keptKey(env.DATA_DIR) ? secretBoxOf(env).keyNames : [];
