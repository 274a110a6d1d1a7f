import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions } from '../../../src/app/database/data-source.js';
import { emptyDatabase, type TestDatabase } from './database.js';

/**
 * Creates a database with the schema before (or with) the migration whose name starts with `migration`. Its
 * connection uses another application name: migrations wait for processes of an earlier version. The caller
 * closes `source`, then drops `made`.
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
