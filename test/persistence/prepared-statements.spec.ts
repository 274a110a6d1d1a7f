import { DataSource, type DataSourceOptions } from 'typeorm';
import { databaseOptions } from '../../src/app/database/data-source.js';
import { inContext, asInstitute, rowsOfInstitute } from '../../src/platform/database/request-context.js';
import { FrequentStatements } from '../../src/platform/database/connections.js';
import { freshDatabase, type TestDatabase } from '../support/database/database.js';

/** How often a statement runs before the server keeps its plan. */
const OFTEN = 5;

describe('what is said often to the database', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    // A single connection, since prepared statements belong to a connection.
    source = await new DataSource({
      ...(await databaseOptions(database.url)),
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

  it('has a name that the server keeps whole, that of the settings of a session too', async () => {
    const who = { kind: 'person' as const, rows: rowsOfInstitute('leti', new Date()) };
    await inContext(who, () => source.query('UPDATE secret SET word = word'));
    const named: { name: string }[] = await source.query(
      "SELECT name FROM pg_prepared_statements WHERE name LIKE '%carnot.institute%'",
    );
    const names = named.map(({ name }) => name);
    expect(names.some((name) => name.endsWith(',carnot.context'))).toBe(true);
    expect(names.filter((name) => !/\bcarnot\.(?:institute|inside|since|context)$/.test(name))).toEqual([]);
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

  it('is planned anew where the type of what it is given changed', async () => {
    await source.query('CREATE TABLE keyed (id int, word text)');
    await source.query(`INSERT INTO keyed VALUES (1, 'one')`);
    const word = 'SELECT word FROM keyed WHERE id = $1';
    await often(word, [1]);
    await source.query('ALTER TABLE keyed ALTER COLUMN id TYPE text');
    await expect(source.query(word, ['1'])).rejects.toThrow('operator does not exist');
    expect(await often(word, ['1'])).toEqual([{ word: 'one' }]);
  });

  it('is not spoiled by a value that cannot be written', async () => {
    const same = 'SELECT $1::jsonb AS same';
    await often(same, [{ n: 1 }]);
    await expect(source.query(same, [{ n: 1n }])).rejects.toThrow('BigInt');
    expect(await often(same, [{ n: 2 }])).toEqual([{ same: { n: 2 } }]);
  });

  it('is not taken for planned where that failed, whatever was told beside it', async () => {
    await source.query('CREATE TABLE locked (n int)');
    const all = 'SELECT n FROM locked WHERE n > $1';
    const seeing = (inside: string) =>
      inContext({ kind: 'system', rows: { institute: 'leti', inside } }, () => source.query(all, [0]));
    for (let i = 1; i < OFTEN; i += 1) await seeing('leti');
    const other = await new DataSource(
      (await databaseOptions(database.url)) as DataSourceOptions,
    ).initialize();
    const holder = other.createQueryRunner();
    try {
      await holder.startTransaction();
      await holder.query('LOCK TABLE locked IN ACCESS EXCLUSIVE MODE');
      await source.query(`SET lock_timeout = '100ms'`);
      // Only that setting is sent for the first time.
      await expect(seeing('3bcar')).rejects.toThrow('lock timeout');
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
      await other.destroy();
      await source.query('RESET lock_timeout');
    }
    expect(await often(all, [0])).toEqual([]);
    expect(await prepared('%FROM locked%')).toBe(1);
  });

  it('may be a statement without values, but not several', async () => {
    await often('SELECT 1 AS alone', []);
    expect(await prepared('%AS alone')).toBe(1);
    await often('SELECT 1 AS first; SELECT 2 AS second', []);
    expect(await prepared('%AS second')).toBe(0);
  });

  it('is at most 150 statements: later ones are planned each time', async () => {
    for (let i = 0; i < 200; i += 1) await often(`SELECT ${i} + $1::int AS many`, [1]);
    expect(await prepared('%AS many')).toBeLessThan(150);
    expect(await often('SELECT 199 + $1::int AS many', [1])).toEqual([{ many: 200 }]);
    expect(await prepared('SELECT 199 + $1::int AS many')).toBe(0);
  });

  it('says why it fails as the first time', async () => {
    const wrong = 'SELECT 1 / $1::int AS n';
    for (let i = 0; i < 2 * OFTEN; i += 1)
      await expect(source.query(wrong, [0])).rejects.toThrow('division by zero');
    expect(await source.query(wrong, [1])).toEqual([{ n: 1 }]);
  });
});

describe('the names of frequent statements', () => {
  const said = (frequent: FrequentStatements, text: string, times: number): (string | undefined)[] =>
    Array.from({ length: times }, () => frequent.nameOf({ text }));

  it('stay the same', () => {
    const frequent = new FrequentStatements();
    const names = Array.from({ length: 150 }, (_, i) => said(frequent, `SELECT ${i}`, OFTEN + 1));
    const given = names.map((n) => n.at(-1));
    expect(names).toEqual(given.map((name) => [...Array(OFTEN - 1).fill(undefined), name, name]));
    expect(new Set(given).size).toBe(150);
  });

  it('are for no text that is too long to come back', () => {
    const long = `SELECT 1 WHERE 1 IN (${Array(5_000).fill(1).join()})`;
    expect(said(new FrequentStatements(), long, 2 * OFTEN).filter(Boolean)).toEqual([]);
  });

  it('are for what is said again soon: of texts that never come back few are remembered', () => {
    const frequent = new FrequentStatements();
    said(frequent, 'SELECT 1', OFTEN - 1);
    for (let i = 0; i < 1_000; i += 1) frequent.nameOf({ text: `SELECT ${i} AS other` });
    expect(said(frequent, 'SELECT 1', OFTEN)).toEqual([...Array(OFTEN - 1).fill(undefined), 'often 1']);
  });
});
