import pg from 'pg';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../dist/app/database/data-source.js';
import { startEmbeddedPostgres } from '../../dist/platform/database/embedded/embedded-postgres.js';
import { superuserOf } from './database/embedded-superuser.mjs';

/**
 * A PostgreSQL for the integration tests, from TEST_DATABASE_URL or embedded and removed after the run, with
 * a template database at the current schema that each test file copies.
 */
export default async function setup() {
  if (!process.env.TEST_DATABASE_URL) {
    const folder = mkdtempSync(join(tmpdir(), 'carnot-europe-test-'));
    // The server may run as another user.
    chmodSync(folder, 0o777);
    // No test needs the data to survive a machine crash.
    globalThis.embedded = await startEmbeddedPostgres(folder, {
      // A statement takes half the CPU time that it takes over TCP, which the second engine and e2e use.
      unix_socket_directories: folder,
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      wal_level: 'minimal',
      max_wal_senders: 0,
      autovacuum: 'off',
      jit: 'off',
      // Each worker runs several programs at a time, each with its own connections.
      max_connections: 400,
    });
    // The program's own role, as in production. Databases are created and dropped by the superuser, who can
    // stop a vacuum that is in the way.
    const socket = `?host=${folder}`;
    process.env.TEST_DATABASE_URL = globalThis.embedded.url + socket;
    process.env.TEST_SUPERUSER_URL = superuserOf(globalThis.embedded) + socket;
  }
  process.env.TEST_SUPERUSER_URL ??= process.env.TEST_DATABASE_URL;
  process.env.TEST_TEMPLATE = `template_${randomBytes(6).toString('hex')}`;
  await onServer(
    `CREATE DATABASE ${process.env.TEST_TEMPLATE} OWNER ${new URL(process.env.TEST_DATABASE_URL).username}`,
  );
  const url = new URL(process.env.TEST_DATABASE_URL);
  url.pathname = `/${process.env.TEST_TEMPLATE}`;
  await migrate(url.href);
}

export async function onServer(statement) {
  const client = new pg.Client({ connectionString: process.env.TEST_SUPERUSER_URL });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
