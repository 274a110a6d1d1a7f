import {
  DataSource,
  type DataSourceOptions,
  MigrationExecutor,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';
import type pg from 'pg';
import { acrossInstitutes } from '../../platform/database/request-context.js';
import {
  type LimitedClient,
  POOL_LIMITS,
  POOL_SIZE,
  ScopedClient,
} from '../../platform/database/connections.js';
import { listMigrations, quoted } from '../../platform/database/backup/tables.js';
import { loadEntities } from './entities.js';
import {
  besideOldCode,
  NAME_NEEDED,
  refuseOlder,
  type SaysOfOldCode,
} from '../../platform/database/old-code.js';
import { Baseline1791754000000 } from './migrations/1791754000000-baseline.js';

/** Connections on which the server knows on whose behalf statements are. */
const SCOPED_POOL = { ...POOL_LIMITS, Client: ScopedClient };

/** A lock key that no other program is likely to use in the same database. */
const MIGRATION_LOCK = 7_041_913;

type Migration = new () => MigrationInterface & SaysOfOldCode;

/** In order of their timestamps, which are part of their names. */
export const MIGRATIONS: readonly Migration[] = [Baseline1791754000000];

/** TypeORM's options, without entities. Only migrations create the schema. */
function connectionOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    migrationsTableName: 'migration',
    migrations: [...MIGRATIONS],
    synchronize: false,
    poolSize: POOL_SIZE,
    applicationName: 'carnot-europe',
    extra: SCOPED_POOL,
  };
}

export const databaseOptions = async (url: string): Promise<DataSourceOptions> => ({
  ...connectionOptions(url),
  entities: await loadEntities(),
});

/** Opens a few database connections for a short-lived program; the caller closes them. */
export const openDatabase = async (url: string): Promise<DataSource> =>
  new DataSource({ ...(await databaseOptions(url)), poolSize: 2 } as DataSourceOptions).initialize();

/**
 * Connections without time limits: a migration rewrites and checks tables of any size, and waits for other
 * migrating processes. pg does not send a limit of zero, so `options` sets it; otherwise the server's own
 * limits would apply.
 */
function openUnlimited(url: string, migrations: readonly Migration[], schema?: string): Promise<DataSource> {
  const extra = {
    ...SCOPED_POOL,
    statement_timeout: 0,
    lock_timeout: 0,
    query_timeout: 0,
    options: '-c statement_timeout=0 -c lock_timeout=0',
  };
  // Named differently from the working processes, which are waited for.
  const applicationName = 'carnot-europe migration';
  return new DataSource({
    ...connectionOptions(url),
    migrations: [...migrations],
    poolSize: 2,
    applicationName,
    extra,
    ...(schema && { schema }),
  } as DataSourceOptions).initialize();
}

export const knownMigrations = (): string[] => MIGRATIONS.map(({ name }) => name);

/** Returns the migrations that no process of an earlier version may run alongside. */
const notForOldCode = (migrations: readonly Migration[]): string[] =>
  migrations.filter((Made) => new Made().oldCode === 'must-stop').map(({ name }) => name);

/**
 * Runs only these migrations and continues in the same transaction: both or neither. A process starting on
 * the same database waits until it ends. `check` sees the database as it was before.
 */
export const inSchemaOf = (...given: Parameters<typeof inSchema>): Promise<void> =>
  acrossInstitutes('a restore fills the tables of everybody', () => inSchema(...given));

async function inSchema(
  url: string,
  names: readonly string[],
  check: (client: pg.Client) => Promise<void>,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const source = await openUnlimited(
    url,
    MIGRATIONS.filter(({ name }) => names.includes(name)),
  );
  const runner = source.createQueryRunner();
  try {
    const client = (await runner.connect()) as LimitedClient;
    client.patienceMs = 0;
    await runner.startTransaction();
    try {
      await runner.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      await check(client);
      const executor = new MigrationExecutor(source, runner);
      executor.transaction = 'none';
      await executor.executePendingMigrations();
      await work(client);
      await runner.commitTransaction();
    } catch (error) {
      // A broken connection has already lost its transaction.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
    await source.destroy();
  }
}

/** A schema beside the one that is used; no transaction that makes it is ever committed. */
const TRIAL = 'carnot_trial';
type Trial<T> = (client: pg.Client, runner: QueryRunner, scratch: 'database' | 'schema') => Promise<T>;

/**
 * Makes the tables of these migrations once more, in a transaction that is always rolled back, and works on
 * them: nobody else ever sees them, and nothing is left of them. They are made in a scratch database, so that
 * so long a transaction keeps nothing of what is used from being cleaned up; else in a schema beside it.
 */
export const asTrial = <T>(url: string, names: readonly string[], work: Trial<T>): Promise<T> =>
  acrossInstitutes('a backup is restored as a trial', async () => {
    const scratch = await scratchDatabase(url);
    try {
      return await rolledBack(scratch?.url ?? url, names, scratch ? undefined : TRIAL, work);
    } finally {
      await scratch?.remove();
    }
  });

/**
 * Returns the role's own database for trials: `own-role` has made it, or the role makes it for as long. Null
 * where there is none and the role may make none.
 */
async function scratchDatabase(url: string): Promise<{ url: string; remove: () => Promise<void> } | null> {
  const name = `${decodeURIComponent(new URL(url).pathname.slice(1))}_trial`;
  const on = async <T>(statement: string, values: string[] = []): Promise<T[]> => {
    const source = await openUnlimited(url, []);
    try {
      return await source.query<T[]>(statement, values);
    } finally {
      await source.destroy();
    }
  };
  const [role] = await on<{ owns: boolean | null; mayCreate: boolean }>(
    `SELECT rolsuper OR rolcreatedb AS "mayCreate", (SELECT datdba = r.oid FROM pg_database WHERE datname = $1) AS owns
       FROM pg_roles r WHERE rolname = current_user`,
    [name],
  );
  if (!role || role.owns === false || (role.owns === null && !role.mayCreate)) return null;
  const made = role.owns === null;
  if (made) await on(`CREATE DATABASE ${quoted(name)} TEMPLATE template0`);
  return {
    url: Object.assign(new URL(url), { pathname: `/${encodeURIComponent(name)}` }).href,
    // One that a killed process has left is empty, and is used the next time.
    remove: async () => void (made && (await on(`DROP DATABASE ${quoted(name)}`).catch(() => undefined))),
  };
}

async function rolledBack<T>(
  url: string,
  names: readonly string[],
  schema: string | undefined,
  work: Trial<T>,
): Promise<T> {
  const source = await openUnlimited(
    url,
    MIGRATIONS.filter(({ name }) => names.includes(name)),
    schema,
  );
  const runner = source.createQueryRunner();
  try {
    const client = (await runner.connect()) as LimitedClient;
    client.patienceMs = 0;
    await runner.startTransaction();
    try {
      if (schema) {
        await runner.query(`CREATE SCHEMA ${schema}`);
        await runner.query(`SET LOCAL search_path TO ${schema}`);
      }
      const executor = new MigrationExecutor(source, runner);
      executor.transaction = 'none';
      await executor.executePendingMigrations();
      return await work(client, runner, schema ? 'schema' : 'database');
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    }
  } finally {
    await runner.release();
    await source.destroy();
  }
}

interface MigrateOptions {
  /** Those of this version, unless a test adds one. */
  migrations?: readonly Migration[];
  /** Backs up the database of an earlier version before it is changed; if that fails, it stays as it is. */
  backUp?: () => Promise<void>;
}

/**
 * Migrates the database to the current schema. Several processes may start at once: one backs it up and
 * migrates, the others wait.
 */
export const migrate = (url: string, options: MigrateOptions = {}): Promise<void> =>
  acrossInstitutes('a migration changes the rows of everybody', () => runMigrations(url, options));

async function runMigrations(
  url: string,
  { migrations = MIGRATIONS, backUp }: MigrateOptions,
): Promise<void> {
  const names = migrations.map(({ name }) => name);
  const source = await openUnlimited(url, migrations);
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseOlder((sql) => lock.query(sql), names);
    const done = await listMigrations((await lock.connect()) as pg.Client);
    const isUpdate = done !== null && names.some((name) => !done.includes(name));
    await besideOldCode(
      (...asked) => lock.query(...asked),
      notForOldCode(migrations),
      async () => {
        if (isUpdate) await backUp?.();
        // One transaction each, so that one that only checks rows holds no locks of the previous one.
        await source.runMigrations({ transaction: 'each' });
      },
    );
    await lock.query(NAME_NEEDED, [JSON.stringify(notForOldCode(migrations))]);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
    await source.destroy();
  }
}
