import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions } from '../../../src/app/database/data-source.js';
import { emptyDatabase, type TestDatabase } from './database.js';

/**
 * A database as it was before the migration whose name begins so, or with it as the last. It is open by
 * another name than the program's: a process of an earlier version is waited for before anything is migrated.
 * Whoever asks closes `source`, and then drops `made`.
 */
export async function earlierDatabase(
  migration: string,
  included: 'before' | 'with' = 'before',
): Promise<{ made: TestDatabase; source: DataSource }> {
  const made = await emptyDatabase();
  const options = databaseOptions(made.url);
  const all = options.migrations as { name: string }[];
  const at = all.findIndex(({ name }) => name.startsWith(migration));
  if (at < 0) throw new Error(`there is no migration ${migration}`);
  const source = await new DataSource({
    ...options,
    migrations: all.slice(0, included === 'with' ? at + 1 : at),
    applicationName: 'a database of before',
  } as DataSourceOptions).initialize();
  await source.runMigrations({ transaction: 'each' });
  return { made, source };
}
