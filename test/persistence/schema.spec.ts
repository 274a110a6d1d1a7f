import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions, migrate } from '../../src/app/database/data-source.js';
import type { SearchedText } from '../../src/calls/domain/searched-text.js';
import { CallRepository, ListedCalls } from '../../src/calls/store/call.repository.js';
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

  /** Returns the indexes of calls that are read where reading the whole table is avoided if possible. */
  async function indexesUsed(work: (source: DataSource) => Promise<unknown>): Promise<string[]> {
    await migrate(database.url);
    const source = await new DataSource({
      ...(await databaseOptions(database.url)),
      poolSize: 1,
      extra: { options: '-c enable_seqscan=off' },
    } as DataSourceOptions).initialize();
    const counted = async (): Promise<{ name: string; scans: string }[]> => {
      await source.query('SELECT pg_stat_force_next_flush()');
      return source.query(
        `SELECT indexrelname AS name, idx_scan AS scans FROM pg_stat_user_indexes WHERE relname = 'call' ORDER BY 1`,
      );
    };
    const before = new Map((await counted()).map(({ name, scans }) => [name, scans]));
    await work(source);
    const used = (await counted()).filter(({ name, scans }) => scans !== before.get(name));
    await source.destroy();
    return used.map(({ name }) => name);
  }

  it('finds the calls that a sheet names by a title, an address or an identifier in its indexes', async () =>
    expect(
      await indexesUsed((source) =>
        new SheetImportRepository(
          source,
          new SheetBidRepository(new OpportunityRepository(source, new ListedCalls(source))),
        ).byContent({
          identifiers: ['X-2027-01'],
          links: ['https://x.eu/1'],
          titles: ['wind energy'],
        }),
      ),
    ).toEqual(['call_identifier', 'call_title', 'call_url']));

  it.each([
    ['also where some are only close to it in meaning', false, ['call_search', 'call_words']],
    ['also those that have a half word in the title', true, ['call_search', 'call_title_words']],
  ])('finds the calls of a search in its indexes, %s', async (_, inTitles, indexes) => {
    const text: SearchedText = {
      typed: 'wind',
      readings: [[{ word: 'wind' }]],
      meant: [],
      meaning: 'wind',
      identifier: false,
      inTitles,
      near: new Map([['00000000-0000-4000-8000-000000000000', 60]]),
    };
    expect(
      await indexesUsed((source) =>
        new CallRepository(source, new ListedCalls(source)).list({ text }, new Date(), 10, null),
      ),
    ).toEqual(expect.arrayContaining(indexes));
  });

  it('is made once where several processes start at the same time', async () => {
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
  });
});
