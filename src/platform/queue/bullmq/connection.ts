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

/** Shared connections, in addition to the one that each worker listens on. */
const SHARED_BY_WORKERS = 6;
const SHARED = 3;

/** BullMQ's connection to its store, and how to close it. */
export interface QueueConnection {
  /** For workers, which wait for a lost store to come back. */
  options: ConnectionOptions;
  /** For adding jobs, which must not wait: the database remembers what is due. */
  adding: ConnectionOptions;
  close(): Promise<void>;
}

/**
 * Connects to Redis if REDIS_URL is set, else to BullMQ's own PostgreSQL backend in a separate schema of our
 * database. Must be called before the first queue or worker is created: the backend is a process-wide default
 * of BullMQ. `workers`: how many workers this process will have, one per queue.
 */
export async function connectQueue(env: Environment, workers: number): Promise<QueueConnection> {
  if (env.REDIS_URL) {
    const url = env.REDIS_URL;
    return {
      // BullMQ requires null for workers' connections.
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
  pool.setMaxListeners(0); // Each queue and each worker listens for errors: no leak.
  pool.on('error', () => undefined); // An idle connection that broke is replaced at the next query.
  await migrateQueue(env.DATABASE_URL!);
  const options = pool as unknown as ConnectionOptions;
  return { options, adding: options, close: () => pool.end() };
}

/** Migrates BullMQ's tables, on a connection without limits: one process does it, and others wait. */
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
