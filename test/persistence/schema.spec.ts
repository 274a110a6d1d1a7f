import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions, migrate } from '../../src/app/database/data-source.js';
import { ListedCalls } from '../../src/calls/store/listed-calls.repository.js';
import { OpportunityRepository } from '../../src/pipeline/store/opportunity.repository.js';
import { SheetBidRepository } from '../../src/spreadsheets/store/sheet-bid.repository.js';
import { SheetImportRepository } from '../../src/spreadsheets/store/sheet-import.repository.js';
import { emptyDatabase } from '../support/database/database.js';

describe('the database schema', () => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  beforeAll(async () => {
    database = await emptyDatabase();
  });
  afterAll(() => database.drop());

  it('is what the entities say once the migrations have run', async () => {
    await migrate(database.url);
    const source = await new DataSource(await databaseOptions(database.url)).initialize();
    expect(source.entityMetadatas.length).toBeGreaterThan(60);
    const differences = await source.driver.createSchemaBuilder().log();
    await source.destroy();
    expect(differences.upQueries.map((q) => q.query)).toEqual([]);
  });

  it('finds the calls that a sheet names by a title, an address or an identifier in its indexes', async () => {
    await migrate(database.url);
    const source = await new DataSource({
      ...(await databaseOptions(database.url)),
      poolSize: 1,
      extra: { options: '-c enable_seqscan=off' },
    } as DataSourceOptions).initialize();
    await new SheetImportRepository(
      source,
      new SheetBidRepository(new OpportunityRepository(source, new ListedCalls(source))),
    ).byContent({
      identifiers: ['X-2027-01'],
      links: ['https://x.eu/1'],
      titles: ['wind energy'],
    });
    await source.query('SELECT pg_stat_force_next_flush()');
    const used = await source.query(
      `SELECT indexrelname AS name FROM pg_stat_user_indexes WHERE relname = 'call' AND idx_scan > 0 ORDER BY 1`,
    );
    await source.destroy();
    expect(used).toEqual([{ name: 'call_identifier' }, { name: 'call_title' }, { name: 'call_url' }]);
  });

  it('is made once where several processes start at the same time', async () => {
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  });
});
