import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource, MigrationInterface } from 'typeorm';
import {
  databaseOptions,
  inSchemaOf,
  knownMigrations,
  migrate,
  openDatabase,
} from '../../src/app/database/data-source.js';
import { NewerVersion, type SaysOfOldCode } from '../../src/platform/database/old-code.js';
import { SettingRepository } from '../../src/platform/database/setting.repository.js';
import { until } from '../support/until.js';
import { emptyDatabase, type TestDatabase } from '../support/database/database.js';

type Migration = (new () => MigrationInterface & Partial<SaysOfOldCode>) & { name: string };
const migrations = databaseOptions('').migrations as Migration[];
/** The first migration that states what happens to old code; it is too late to know for earlier ones. */
const FIRST_TO_SAY = 'SecondWall1791746000000';
/** The migrations that a process must know. */
const NEEDED = migrations
  .filter((Made) => new Made().oldCode === 'must-stop')
  .map(({ name }) => name)
  .sort();
/**
 * Changes that a process unaware of them cannot handle: removed names and columns, missing values, hidden
 * rows.
 */
const BREAKS =
  /\bRENAME\b|\bDROP (TABLE|COLUMN|FUNCTION|VIEW)\b|\bSET NOT NULL\b|ADD COLUMN (?:(?!DEFAULT).)*NOT NULL(?!.*DEFAULT)|\bROW LEVEL SECURITY\b|\bALTER COLUMN \S+ TYPE\b/i;

const NEVER_HEARD = 'Telepathy1999999999999';

const FOLDER = join(__dirname, '../../src/app/database/migrations');
/** The text of each migration by name, without its `down`. */
const texts = new Map(
  readdirSync(FOLDER).map((file) => {
    const text = readFileSync(join(FOLDER, file), 'utf8');
    return [/export class (\w+)/.exec(text)![1]!, text.split(/\basync down\(/)[0]!];
  }),
);

/** Returns what is wrong with a migration's statement about old code. */
function problem(name: string, text: string, oldCode: SaysOfOldCode['oldCode'] | undefined): string[] {
  if (oldCode === undefined) return [`${name} does not say whether old code may go on beside it (oldCode)`];
  const breaks = BREAKS.exec(text);
  return oldCode === 'may-go-on' && breaks
    ? [`${name} says that old code may go on, and does ${breaks[0]}`]
    : [];
}

describe('what a migration means for processes of the version before', () => {
  it('is said by each of them', () => {
    const all = migrations.slice(migrations.findIndex(({ name }) => name === FIRST_TO_SAY));
    expect(all.length).toBeGreaterThan(0);
    expect(all.flatMap((Made) => problem(Made.name, texts.get(Made.name)!, new Made().oldCode))).toEqual([]);
  });

  it('is noticed where it is not said, or cannot be so', () => {
    expect(problem('Silent1', '', undefined)).toEqual([
      'Silent1 does not say whether old code may go on beside it (oldCode)',
    ]);
    for (const statement of [
      'ALTER TABLE call RENAME COLUMN a TO b',
      'ALTER TABLE call DROP COLUMN a',
      'ALTER TABLE call ADD COLUMN a text NOT NULL',
      'ALTER TABLE call ENABLE ROW LEVEL SECURITY',
    ]) {
      expect(problem('Bold2', statement, 'may-go-on')).toHaveLength(1);
      expect(problem('Careful3', statement, 'must-stop')).toEqual([]);
    }
    for (const statement of ['ALTER TABLE call ADD COLUMN a text', "ADD COLUMN a text NOT NULL DEFAULT ''"])
      expect(problem('Plain4', statement, 'may-go-on')).toEqual([]);
  });
});

/** Lists the parts of a database schema, one per line. */
const MADE_OF = `
  SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || coalesce(column_default, '') AS line
    FROM information_schema.columns WHERE table_schema = current_schema()
  UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema()
  UNION ALL SELECT 'policy ' || pg_policies::text FROM pg_policies WHERE schemaname = current_schema()
  UNION ALL SELECT 'function ' || proname || ' ' || prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
  UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  ORDER BY 1`;

describe('the way back', () => {
  it('leads from here to the first that says what becomes of old code, as the torture of an update goes it, and here again', async () => {
    const database = await emptyDatabase();
    /** Connects only for the given work: a migration waits until nobody else is connected. */
    const connected = async <T>(work: (source: DataSource) => Promise<T>): Promise<T> => {
      const source = await openDatabase(database.url);
      return work(source).finally(() => source.destroy());
    };
    const lines = (): Promise<string[]> =>
      connected(async (source) => (await source.query<{ line: string }[]>(MADE_OF)).map(({ line }) => line));
    try {
      await migrate(database.url);
      const here = await lines();
      const back = migrations.slice(migrations.findIndex(({ name }) => name === FIRST_TO_SAY));
      await connected(async (source) => {
        for (const { name } of back.reverse())
          await source.undoLastMigration({ transaction: 'each' }).catch((error: Error) => {
            throw new Error(`${name}: ${error.message}`);
          });
      });
      expect(await lines()).not.toEqual(here);
      await migrate(database.url);
      expect(await lines()).toEqual(here);
    } finally {
      await database.drop();
    }
  });
});

describe('a process of an earlier version', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await emptyDatabase();
    await migrate(database.url);
  });
  afterEach(() => database.drop());

  async function needed(change: (names: string[]) => string[] = (names) => names): Promise<string[]> {
    const source = await openDatabase(database.url);
    try {
      const [{ value }] = await source.query(`SELECT value FROM setting WHERE key = 'needs-migrations'`);
      await source.query(`UPDATE setting SET value = $1 WHERE key = 'needs-migrations'`, [
        JSON.stringify(change(value)),
      ]);
      return value;
    } finally {
      await source.destroy();
    }
  }

  /** Creates the database as it was before old code had to stop. */
  async function before(): Promise<void> {
    await database.drop();
    database = await emptyDatabase();
    const names = knownMigrations();
    const nothing = (): Promise<void> => Promise.resolve();
    await inSchemaOf(database.url, names.slice(0, names.indexOf(FIRST_TO_SAY)), nothing, nothing);
  }

  /** Returns why a process that knows these migrations is told to stop. */
  async function stopped(known: string[]): Promise<string[]> {
    const source = await openDatabase(database.url);
    const whys: string[] = [];
    try {
      await new NewerVersion(new SettingRepository(source), known, (why) => whys.push(why.message)).due();
      return whys;
    } finally {
      await source.destroy();
    }
  }

  it('is told to stop where a migration that it does not know says so, and goes on otherwise', async () => {
    expect(await needed()).toContain(FIRST_TO_SAY);
    expect(await stopped(knownMigrations())).toEqual([]);
    expect(await stopped(knownMigrations().filter((name) => name !== FIRST_TO_SAY))).toEqual([
      expect.stringMatching(
        /updated by a newer version .*it does not know SecondWall1791746000000\. Start the newer/,
      ),
    ]);
    const additive = knownMigrations().filter((name) => name !== 'Passkeys1791743000000');
    expect(await stopped(additive)).toEqual([]);
  });

  it('does not start on such a database, and takes back nothing of what a newer one named', async () => {
    await needed((names) => [...names, NEVER_HEARD]);
    await expect(migrate(database.url)).rejects.toMatchObject({
      kind: 'NewerVersion',
      message: expect.stringContaining(`it does not know ${NEVER_HEARD}`),
    });
    expect(await needed((names) => names.filter((name) => name !== NEVER_HEARD))).toContain(NEVER_HEARD);
    await migrate(database.url);
    expect(await needed()).toEqual(NEEDED);
  });

  it('is waited for before the database becomes what it cannot work with, until it has let go', async () => {
    await before();
    const old = await openDatabase(database.url);
    const order: string[] = [];
    const migrated = migrate(database.url).then(() => order.push('migrated'));
    const known = knownMigrations().filter((name) => name !== FIRST_TO_SAY);
    await until('it to be told to stop', async () => {
      await new NewerVersion(new SettingRepository(old), known, () => order.push('told')).due();
      return order.length > 0;
    });
    // It still sees the database that it works on.
    expect(await old.query(`SELECT count(*)::int AS policies FROM pg_policy`)).toEqual([{ policies: 0 }]);
    order.push('let go');
    await old.destroy();
    await migrated;
    expect(order).toEqual(['told', 'let go', 'migrated']);
    expect(await needed()).toEqual(NEEDED);
  });

  it('may be started again where the migration fails', async () => {
    // TypeORM logs it as well.
    const quiet = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    await before();
    const old = await openDatabase(database.url);
    await old.query(`INSERT INTO setting (key, value) VALUES ('needs-migrations', '[]')`);
    // The object that the migration creates already exists.
    await old.query('CREATE FUNCTION sees_person(about uuid) RETURNS boolean LANGUAGE sql RETURN true');
    const failed = expect(migrate(database.url)).rejects.toThrow('sees_person');
    await until('it to be told to stop', async () => {
      const [{ value }] = await old.query(`SELECT value FROM setting WHERE key = 'needs-migrations'`);
      return value.length > 0;
    });
    await old.destroy();
    await failed;
    quiet.mockRestore();
    expect(await needed()).toEqual([]);
  });
});
