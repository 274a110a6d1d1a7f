import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  runMigrations,
  setDefaultBackendFactory,
  type ConnectionOptions,
} from 'bullmq';
import pg from 'pg';
import type { Environment } from '../../config/environment.js';
import { POOL_LIMITS } from '../../database/limits.js';

/** Connections that are shared, besides the one on which each worker listens. */
const SHARED_BY_WORKERS = 6;
const SHARED = 3;

/** How BullMQ reaches its store, and how to let it go. */
export interface QueueConnection {
  /** For workers, which wait for a lost store to come back. */
  options: ConnectionOptions;
  /** For those who add jobs, who must not wait: the database remembers what is due. */
  adding: ConnectionOptions;
  close(): Promise<void>;
}

/**
 * Redis where REDIS_URL names one, else BullMQ's own PostgreSQL backend on our database, in a schema of its
 * own. Must be called before the first queue or worker is made: the backend is a process-wide default of
 * BullMQ's. `workers`: how many workers this process will have, one a queue.
 */
export async function connectQueue(env: Environment, workers: number): Promise<QueueConnection> {
  if (env.REDIS_URL) {
    const url = env.REDIS_URL;
    return {
      // Null is what BullMQ asks of workers' connections.
      options: { url, maxRetriesPerRequest: null } as ConnectionOptions,
      adding: { url, maxRetriesPerRequest: 1, enableOfflineQueue: false } as ConnectionOptions,
      close: () => Promise.resolve(),
    };
  }
  setDefaultBackendFactory(createPostgresBackend as never);
  // Each worker keeps one connection to listen on; the others are shared.
  const pool = new pg.Pool({
    ...POOL_LIMITS,
    connectionString: env.DATABASE_URL,
    max: workers + (workers ? SHARED_BY_WORKERS : SHARED),
    application_name: 'carnot-europe queue',
    keepAlive: true,
    // The backend's statements name their tables without the schema.
    options: `-c search_path=${DEFAULT_SCHEMA}`,
  });
  pool.setMaxListeners(0); // Each queue and each worker listens for errors, which is no leak.
  pool.on('error', () => undefined); // An idle connection that broke is replaced at the next query.
  await migrateQueue(env.DATABASE_URL!);
  const options = pool as unknown as ConnectionOptions;
  return { options, adding: options, close: () => pool.end() };
}

/**
 * Brings BullMQ's tables to its present schema, on a connection without limits: one process does it, and
 * others wait for that.
 */
async function migrateQueue(connectionString: string): Promise<void> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: POOL_LIMITS.connectionTimeoutMillis,
    application_name: 'carnot-europe queue',
  });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
