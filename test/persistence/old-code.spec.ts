import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { QueryRunner } from 'typeorm';
import { knownMigrations, migrate, MIGRATIONS, openDatabase } from '../../src/app/database/data-source.js';
import { NewerVersion, type SaysOfOldCode } from '../../src/platform/database/old-code.js';
import { SettingRepository } from '../../src/platform/database/setting.repository.js';
import { until } from '../support/until.js';
import { emptyDatabase, type TestDatabase } from '../support/database/database.js';

/**
 * Changes that a process unaware of them cannot handle: removed names and columns, missing values, hidden
 * rows.
 */
const BREAKS =
  /\bRENAME\b|\bDROP (TABLE|COLUMN|FUNCTION|VIEW)\b|\bSET NOT NULL\b|ADD COLUMN (?:(?!DEFAULT).)*NOT NULL(?!.*DEFAULT)|\bROW LEVEL SECURITY\b|\bALTER COLUMN \S+ TYPE\b/i;

const FOLDER = join(__dirname, '../../src/app/database/migrations');
/** The text of a migration without its `down`, by the name of its class. */
function textOf(name: string): string {
  const [, called, stamp] = /^(.*?)(\d{13})$/.exec(name)!;
  const file = called!.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
  return readFileSync(join(FOLDER, `${stamp}-${file}.ts`), 'utf8').split(/\bdown\(/)[0]!;
}

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
    expect(MIGRATIONS.flatMap((Made) => problem(Made.name, textOf(Made.name), new Made().oldCode))).toEqual(
      [],
    );
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

/** A migration of the next version which processes of this one cannot work beside. */
class Breaking9000000000000 implements SaysOfOldCode {
  readonly oldCode = 'must-stop';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE of_the_next_version (id uuid PRIMARY KEY)');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('no way back'));
  }
}
/** One which only adds. */
class Adding9000000000001 implements SaysOfOldCode {
  readonly oldCode = 'may-go-on';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE added_by_the_next_version (id uuid PRIMARY KEY)');
  }
  down(): Promise<void> {
    return Promise.reject(new Error('no way back'));
  }
}
const NEXT = [...MIGRATIONS, Breaking9000000000000, Adding9000000000001];

describe('a process of the version before', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await emptyDatabase();
    await migrate(database.url);
  });
  afterEach(() => database.drop());

  async function needed(): Promise<string[]> {
    const source = await openDatabase(database.url);
    try {
      const [row] = await source.query(`SELECT value FROM setting WHERE key = 'needs-migrations'`);
      return row.value;
    } finally {
      await source.destroy();
    }
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
    expect(await stopped(knownMigrations())).toEqual([]);
    await migrate(database.url, { migrations: [...MIGRATIONS, Adding9000000000001] });
    expect(await stopped(knownMigrations())).toEqual([]);
    await migrate(database.url, { migrations: NEXT });
    expect(await stopped(NEXT.map(({ name }) => name))).toEqual([]);
    expect(await stopped(knownMigrations())).toEqual([
      expect.stringMatching(
        /updated by a newer version .*it does not know Breaking9000000000000\. Start the newer/,
      ),
    ]);
  });

  it('does not start on such a database, and takes back nothing of what a newer one named', async () => {
    await migrate(database.url, { migrations: NEXT });
    await expect(migrate(database.url)).rejects.toMatchObject({
      kind: 'NewerVersion',
      message: expect.stringContaining('it does not know Breaking9000000000000'),
    });
    expect(await needed()).toEqual(['Breaking9000000000000']);
  });

  it('is waited for before the database becomes what it cannot work with, until it has let go', async () => {
    const old = await openDatabase(database.url);
    const order: string[] = [];
    const migrated = migrate(database.url, { migrations: NEXT }).then(() => order.push('migrated'));
    await until('it to be told to stop', async () => {
      await new NewerVersion(new SettingRepository(old), knownMigrations(), () => order.push('told')).due();
      return order.length > 0;
    });
    // It still sees the database that it works on.
    expect(await old.query(`SELECT to_regclass('of_the_next_version') AS made`)).toEqual([{ made: null }]);
    order.push('let go');
    await old.destroy();
    await migrated;
    expect(order).toEqual(['told', 'let go', 'migrated']);
    expect(await needed()).toEqual(['Breaking9000000000000']);
  });

  it('may be started again where the migration fails', async () => {
    // TypeORM logs it as well.
    const quiet = jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const old = await openDatabase(database.url);
    // The table that the migration creates already exists.
    await old.query('CREATE TABLE of_the_next_version (id uuid)');
    const failed = expect(migrate(database.url, { migrations: NEXT })).rejects.toThrow('of_the_next_version');
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
