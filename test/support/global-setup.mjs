import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../dist/platform/database/embedded/embedded-postgres.js';

/** A PostgreSQL for the integration tests: the one in TEST_DATABASE_URL, else an embedded one that goes with the run. */
export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return;
  globalThis.embedded = await startEmbeddedPostgres(mkdtempSync(join(tmpdir(), 'carnot-europe-test-')));
  process.env.TEST_DATABASE_URL = globalThis.embedded.url;
}
