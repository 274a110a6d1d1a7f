import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions, migrate } from '../../src/persistence/data-source.js';
import { freshDatabase } from '../support/database.js';

describe('the database schema', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => { database = await freshDatabase(); });
  afterAll(() => database.drop());

  it('is what the entities say once the migrations have run', async () => {
    await migrate(database.url);
    const source = await new DataSource({ ...databaseOptions(database.url) } as DataSourceOptions).initialize();
    const differences = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(differences.upQueries.map((q) => q.query)).toEqual([]);
  });

  it('is made once where several processes start at the same time', async () => {
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  });
});
