import { Logger } from '@nestjs/common';
import { join } from 'node:path';
import type { Environment } from '../platform/config/environment.js';
import { backUpInto, backupFolder } from '../platform/database/backup/backup-folder.js';
import { connected } from '../platform/database/backup/dump.js';
import { listMigrations } from '../platform/database/backup/tables.js';
import { knownMigrations } from './database/data-source.js';
import { keyNames } from './with-database.js';

/**
 * Backs up a database that this version is about to change; a new one, or one that needs no change, is left
 * alone. Throws if that fails: the only way back to the version before is a backup.
 */
export async function backUpBeforeUpdate(
  env: Environment,
  version: string,
  known: readonly string[] = knownMigrations(),
): Promise<void> {
  const url = env.DATABASE_URL!;
  if (env.BACKUP_BEFORE_UPDATE === 'off') return;
  const done = await connected(url, listMigrations);
  if (!done || known.every((name) => done.includes(name))) return;
  const folder = env.BACKUP_DIR ?? backupFolder(env);
  const log = new Logger('Backup');
  log.log(
    `The database is about to be changed to version ${version}. It is backed up first (BACKUP_BEFORE_UPDATE=off leaves that out)`,
  );
  const { name } = await backUpInto(url, {
    folder,
    recipients: env.BACKUP_RECIPIENTS ?? [],
    dataDir: env.DATA_DIR,
    version,
    madeAt: new Date(),
    keys: keyNames(env),
    before: version,
  });
  log.log(`Backed up and read back: ${join(folder, name)}`);
}
