import type pg from 'pg';
import { type Chain, verifyChain } from '../../audit/store/audit.repository.js';
import { BACKUPS } from '../../backups/domain/settings.js';
import { CarnotError } from '../../kernel/errors.js';
import { HELD } from '../../outbox/store/sending.js';
import type { Contents } from '../../platform/database/backup/backup-file.js';
import { compare, load } from '../../platform/database/backup/dump.js';
import { listMigrations, listTables } from '../../platform/database/backup/tables.js';
import { inSchemaOf, asTrial, knownMigrations, migrate, MIGRATIONS } from './data-source.js';

/** Throws if the backup was made by a newer version of the program. */
export function refuseNewer({ header }: Contents): void {
  const known = knownMigrations();
  const strange = header.migrations.filter((name) => !known.includes(name));
  if (strange.length)
    throw new CarnotError(
      'BackupNewer',
      `This backup was made by a newer version (${header.version}): its database has changes that this version does not know (${strange.join(', ')}). Update carnot-europe, then restore it. Nothing was changed.`,
      'person',
    );
}

async function refuseFilled(client: pg.Client): Promise<void> {
  if ((await listMigrations(client)) === null && (await listTables(client)).length === 0) return;
  throw new CarnotError(
    'NotEmpty',
    'This database already has tables, and a backup is restored into an empty one only. Name an empty database in DATABASE_URL, or a new folder in DATA_DIR. Nothing was changed.',
    'person',
  );
}

/**
 * Restores a backup as a trial into a scratch database, or beside the tables that are used where there can be
 * none, reads it back and verifies the audit log in it. Nothing stays of it.
 */
export const tryRestore = (
  url: string,
  file: string,
  contents: Contents,
): Promise<{ chain: Chain; scratch: 'database' | 'schema' }> =>
  asTrial(url, contents.header.migrations, async (client, runner, scratch) => {
    await load(client, file, contents);
    await compare(client, contents);
    return { chain: await verifyChain(runner, null), scratch };
  });

/**
 * Replaces the database's content with the backup's, all or nothing, verifies it and migrates it to the
 * current schema. Sending stays off until it is resumed: the original installation may still be running.
 */
export async function restore(
  url: string,
  file: string,
  contents: Contents,
  now: Date,
  migrations = MIGRATIONS,
): Promise<void> {
  refuseNewer(contents);
  await inSchemaOf(url, contents.header.migrations, refuseFilled, async (client) => {
    await load(client, file, contents);
    await compare(client, contents);
    await client.query(
      'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2',
      [HELD, JSON.stringify({ since: now.toISOString(), backupOf: contents.header.madeAt })],
    );
    // The copy has made none, and is making none: the original's would soon be missed here.
    await client.query('DELETE FROM setting WHERE key = $1', [BACKUPS]);
    await client.query('ANALYZE');
  });
  await migrate(url, { migrations });
}
