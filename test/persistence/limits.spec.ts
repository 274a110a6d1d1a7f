import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions } from '../../src/app/database/data-source.js';
import { longStatement, longTransaction, SERVER_LIMITS } from '../../src/platform/database/connections.js';
import { freshDatabase, type TestDatabase } from '../support/database/database.js';
import { lineTo } from '../support/database/database-line.js';

/** Short enough for a test to wait for. */
const SHORT = { statement_timeout: 300, lock_timeout: 200, idle_in_transaction_session_timeout: 300 };

describe('the limits of what the database is asked', () => {
  let database: TestDatabase;
  const open = async (extra: object = {}, url = database.url): Promise<DataSource> => {
    const options = (await databaseOptions(url)) as DataSourceOptions & { extra: object };
    return new DataSource({
      ...options,
      poolSize: 2,
      extra: { ...options.extra, ...extra },
    } as DataSourceOptions).initialize();
  };
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database?.drop());

  it('are set for every connection', async () => {
    const source = await open();
    const rows: { name: string; setting: string }[] = await source.query(
      'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
      [Object.keys(SERVER_LIMITS)],
    );
    await source.destroy();
    expect(Object.fromEntries(rows.map((r) => [r.name, Number(r.setting)]))).toEqual(SERVER_LIMITS);
  });

  it('end a statement, a wait for a lock and an idle transaction', async () => {
    const [source, patient] = [await open(SHORT), await open()];
    const first = source.createQueryRunner();
    try {
      await expect(source.query('SELECT pg_sleep(10)')).rejects.toThrow('statement timeout');
      await first.query('SELECT pg_advisory_lock(1)');
      await expect(source.query('SELECT pg_advisory_lock(1)')).rejects.toThrow('lock timeout');
      await expect(
        source.transaction(async (tx) => {
          await tx.query('SELECT 1');
          await source.query('SELECT 1');
          await patient.query('SELECT pg_sleep(0.6)');
          await tx.query('SELECT 1');
        }),
      ).rejects.toThrow(/idle-in-transaction|Connection terminated|already released/);
    } finally {
      await first.query('SELECT pg_advisory_unlock_all()');
      await first.release();
      await source.destroy();
      await patient.destroy();
    }
  });

  it('are lifted for long work, and hold again after it', async () => {
    const source = await open({ ...SHORT, query_timeout: 400 });
    const runner = source.createQueryRunner();
    try {
      await longTransaction(source, (tx) => tx.query('SELECT pg_sleep(0.6)'));
      await longStatement(runner, 'SELECT pg_sleep($1)', [0.6]);
      // Our timeout is 0.1 s longer than the server's, but may fire first on a busy machine.
      const ended = /statement timeout|Query read timeout/;
      await expect(runner.query('SELECT pg_sleep(10)')).rejects.toThrow(ended);
      await expect(source.query('SELECT pg_sleep(10)')).rejects.toThrow(ended);
    } finally {
      await runner.release();
      await source.destroy();
    }
  });

  it('give a connection up whose other side is silent, so that the next one does not wait for it', async () => {
    const line = await lineTo(database.url);
    const source = await open({ max: 1, query_timeout: 300 }, line.url);
    try {
      expect(await source.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      line.halt();
      await expect(source.query('SELECT 2')).rejects.toThrow('Query read timeout');
      line.goOn();
      expect(await source.query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
    } finally {
      await source.destroy();
      await line.cut();
    }
  });
});
