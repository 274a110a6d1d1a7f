import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions } from '../../src/app/database/data-source.js';
import { asInstitute } from '../../src/platform/database/acting.js';
import { Prepared } from '../../src/platform/database/prepared.js';
import { freshDatabase, type TestDatabase } from '../support/database.js';

/** So often it is said before the server keeps its plan. */
const OFTEN = 5;

describe('what is said often to the database', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    // One connection: each has what it prepared for itself.
    source = await new DataSource({
      ...databaseOptions(database.url),
      poolSize: 1,
    } as DataSourceOptions).initialize();
    await source.query(`CREATE TABLE secret (profile_id text, word text)`);
    await source.query(`INSERT INTO secret VALUES ('leti', 'one'), ('leti', 'two'), ('3bcar', 'three')`);
    await source.query('ALTER TABLE secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY');
    await source.query(
      `CREATE POLICY own ON secret USING (profile_id = current_setting('carnot.institute', true))`,
    );
  });
  afterAll(async () => {
    await source?.destroy();
    await database?.drop();
  });

  const prepared = async (like: string): Promise<number> =>
    (
      (await source.query(
        `SELECT count(*)::int AS n FROM pg_prepared_statements WHERE name LIKE 'often %' AND statement LIKE '${like}'`,
      )) as { n: number }[]
    )[0]!.n;
  const often = async (statement: string, values: unknown[]): Promise<unknown> => {
    let rows: unknown;
    for (let i = 0; i <= OFTEN; i += 1) rows = await source.query(statement, values);
    return rows;
  };

  it('is planned once, and answers for the values of each time', async () => {
    const sum = 'SELECT $1::int + $2::int AS sum';
    await source.query(sum, [1, 1]);
    expect(await prepared('%AS sum')).toBe(0);
    await often(sum, [1, 1]);
    expect(await prepared('%AS sum')).toBe(1);
    expect(await source.query(sum, [20, 22])).toEqual([{ sum: 42 }]);
    expect(await prepared('%AS sum')).toBe(1);
  });

  it('shows each institute its own rows, whoever had it planned', async () => {
    const words = 'SELECT word FROM secret WHERE word <> $1 ORDER BY 1';
    const seenBy = (institute: string) => asInstitute(institute, () => often(words, ['']));
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await seenBy('leti')).toEqual([{ word: 'one' }, { word: 'two' }]);
      expect(await seenBy('3bcar')).toEqual([{ word: 'three' }]);
      expect(await seenBy('nobody')).toEqual([]);
    }
    expect(await prepared('%FROM secret%')).toBe(1);
  });

  it('is planned anew where its table changed, or the plan is gone', async () => {
    await source.query('CREATE TABLE changing (n int)');
    await source.query('INSERT INTO changing VALUES (1)');
    const all = 'SELECT n FROM changing WHERE n > $1';
    await often(all, [0]);
    await source.query('ALTER TABLE changing ADD COLUMN further int');
    expect(await source.query(all, [0])).toEqual([{ n: 1 }]);
    await source.query('ALTER TABLE changing ALTER COLUMN n TYPE bigint');
    await expect(source.query(all, [0])).rejects.toThrow('cached plan must not change result type');
    expect(await often(all, [0])).toEqual([{ n: '1' }]);
    const [{ name }] = (await source.query(
      `SELECT name FROM pg_prepared_statements WHERE statement LIKE '%FROM changing%' ORDER BY prepare_time DESC`,
    )) as [{ name: string }];
    await source.query(`DEALLOCATE "${name}"`);
    await expect(source.query(all, [0])).rejects.toThrow(/prepared statement .* does not exist/);
    expect(await often(all, [0])).toEqual([{ n: '1' }]);
  });

  it('says why it fails as the first time', async () => {
    const wrong = 'SELECT 1 / $1::int AS n';
    for (let i = 0; i < 2 * OFTEN; i += 1)
      await expect(source.query(wrong, [0])).rejects.toThrow('division by zero');
    expect(await source.query(wrong, [1])).toEqual([{ n: 1 }]);
  });
});

describe('the names of what is said often', () => {
  const said = (prepared: Prepared, text: string, times: number): (string | undefined)[] =>
    Array.from({ length: times }, () => prepared.nameOf(text));

  it('stay the same, and are given to no more than the server is to keep', () => {
    const prepared = new Prepared();
    const names = Array.from({ length: 1_000 }, (_, i) => said(prepared, `SELECT ${i}`, OFTEN + 1));
    const given = names.filter((n) => n.at(-1) !== undefined);
    expect(given).toHaveLength(150);
    expect(new Set(given.flatMap((n) => n.slice(OFTEN - 1))).size).toBe(150);
    expect(given.map((n) => n.slice(0, OFTEN - 1))).toEqual(
      given.map(() => Array(OFTEN - 1).fill(undefined)),
    );
  });

  it('are for what is said again soon: of texts that never come back few are remembered', () => {
    const prepared = new Prepared();
    said(prepared, 'SELECT 1', OFTEN - 1);
    for (let i = 0; i < 1_000; i += 1) prepared.nameOf(`SELECT ${i} AS other`);
    expect(said(prepared, 'SELECT 1', OFTEN)).toEqual([...Array(OFTEN - 1).fill(undefined), 'often 1']);
  });
});
