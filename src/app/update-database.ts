import { Logger } from '@nestjs/common';
import { join } from 'node:path';
import type { Environment } from '../platform/config/environment.js';
import { backUpInto, backupFolder } from '../platform/database/backup/backup-folder.js';
import { keyNames } from './with-database.js';
import { migrate, MIGRATIONS } from './database/data-source.js';

/**
 * Migrates a database to this version. One of an earlier version is backed up first, unless the settings say
 * otherwise: the only way back to that version is a backup.
 */
export const update = (
  url: string,
  env: Environment,
  version: string,
  migrations = MIGRATIONS,
): Promise<void> =>
  migrate(url, {
    migrations,
    ...(env.BACKUP_BEFORE_UPDATE === 'on' && { backUp: () => backUp(url, env, version) }),
  });

async function backUp(url: string, env: Environment, version: string): Promise<void> {
  const folder = env.BACKUP_DIR ?? backupFolder(env);
  const log = new Logger('Backup');
  log.log(
    `The database is about to be changed to version ${version}. It is backed up first (BACKUP_BEFORE_UPDATE=off leaves that out)`,
  );
  const { name } = await backUpInto(url, {
    folder,
    recipients: env.BACKUP_RECIPIENTS ?? [],
    version,
    madeAt: new Date(),
    keys: keyNames(env),
    before: version,
  });
  log.log(`Backed up and read back: ${join(folder, name)}`);
}
