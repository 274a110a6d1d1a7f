import { DataSource, MigrationExecutor, type DataSourceOptions, type MigrationInterface } from 'typeorm';
import type pg from 'pg';
import { acrossInstitutes } from '../../platform/database/acting.js';
import type { LimitedClient } from '../../platform/database/limits.js';
import { POOL_LIMITS } from '../../platform/database/limits.js';
import { TellingClient } from '../../platform/database/telling-client.js';
import { ENTITIES } from './entities.js';
import {
  besideOldCode,
  NAME_NEEDED,
  refuseOlder,
  type SaysOfOldCode,
} from '../../platform/database/old-code.js';
import { First1790000000000 } from './migrations/1790000000000-first.js';
import { Truth1790100000000 } from './migrations/1790100000000-truth.js';
import { People1790200000000 } from './migrations/1790200000000-people.js';
import { Pace1790200000001 } from './migrations/1790200000001-pace.js';
import { Deadlines1790200000002 } from './migrations/1790200000002-deadlines.js';
import { History1790300000000 } from './migrations/1790300000000-history.js';
import { Vectors1790300000001 } from './migrations/1790300000001-vectors.js';
import { Learned1790300000010 } from './migrations/1790300000010-learned.js';
import { Telling1790400000000 } from './migrations/1790400000000-telling.js';
import { Calendars1790400000100 } from './migrations/1790400000100-calendars.js';
import { AgainBy1790400000200 } from './migrations/1790400000200-again-by.js';
import { BroughtMeaning1790400000300 } from './migrations/1790400000300-brought-meaning.js';
import { OwnList1790500000000 } from './migrations/1790500000000-own-list.js';
import { HistoryMoney1790500000100 } from './migrations/1790500000100-history-money.js';
import { SourceCheck1790500000300 } from './migrations/1790500000300-source-check.js';
import { Belonging1790610000000 } from './migrations/1790610000000-belonging.js';
import { BelongingChecked1790610000100 } from './migrations/1790610000100-belonging-checked.js';
import { Sealed1790610000200 } from './migrations/1790610000200-sealed.js';
import { PartnerSearches1790500000200 } from './migrations/1790500000200-partner-searches.js';
import { Contacts1790600000000 } from './migrations/1790600000000-contacts.js';
import { Removal1790600000100 } from './migrations/1790600000100-removal.js';
import { Leaving1790620000000 } from './migrations/1790620000000-leaving.js';
import { LeavingSealed1790620000100 } from './migrations/1790620000100-leaving-sealed.js';
import { NotesByIdentifier1790630000000 } from './migrations/1790630000000-notes-by-identifier.js';
import { Summaries1791200000000 } from './migrations/1791200000000-summaries.js';
import { Readings1791400000000 } from './migrations/1791400000000-readings.js';
import { PutOff1791500000000 } from './migrations/1791500000000-put-off.js';
import { Pipeline1791510000000 } from './migrations/1791510000000-pipeline.js';
import { PipelineReminders1791520000000 } from './migrations/1791520000000-pipeline-reminders.js';
import { Following1791100000000 } from './migrations/1791100000000-following.js';
import { Audit1791600000000 } from './migrations/1791600000000-audit.js';
import { SignOn1791700000000 } from './migrations/1791700000000-sign-on.js';
import { Together1791710000000 } from './migrations/1791710000000-together.js';
import { CommentsAndTasks1791711000000 } from './migrations/1791711000000-comments-and-tasks.js';
import { ResearcherReminders1791712000000 } from './migrations/1791712000000-researcher-reminders.js';
import { ResearcherObjections1791745000000 } from './migrations/1791745000000-researcher-objections.js';
import { RecallSamples1791730000000 } from './migrations/1791730000000-recall-samples.js';
import { PipelineMails1791740000000 } from './migrations/1791740000000-pipeline-mails.js';
import { JointHistory1791741000000 } from './migrations/1791741000000-joint-history.js';
import { Translations1791720000000 } from './migrations/1791720000000-translations.js';
import { Lists1791742000000 } from './migrations/1791742000000-lists.js';
import { Passkeys1791743000000 } from './migrations/1791743000000-passkeys.js';
import { AlarmMails1791744000000 } from './migrations/1791744000000-alarm-mails.js';
import { SecondWall1791746000000 } from './migrations/1791746000000-second-wall.js';
import { CountedLists1791748000000 } from './migrations/1791748000000-counted-lists.js';
import { AuditValues1791749000000 } from './migrations/1791749000000-audit-values.js';
import { JointWall1791750000000 } from './migrations/1791750000000-joint-wall.js';
import { UncertainMatches1791751000000 } from './migrations/1791751000000-uncertain-matches.js';
import { ChangedVersions1791752000000 } from './migrations/1791752000000-changed-versions.js';
import { SignalNames1791753000000 } from './migrations/1791753000000-signal-names.js';
import { FieldWords1791300000000 } from './migrations/1791300000000-field-words.js';

/** Connections that tell the database on whose behalf they query institutes' rows. */
const TELLING_POOL = { ...POOL_LIMITS, Client: TellingClient };

/** A lock key that no other program is likely to use in the same database. */
const MIGRATION_LOCK = 7_041_913;

/** In order of their timestamps, which are part of their names. */
const MIGRATIONS: (new () => MigrationInterface & Partial<SaysOfOldCode>)[] = [
  First1790000000000,
  Truth1790100000000,
  People1790200000000,
  Pace1790200000001,
  Deadlines1790200000002,
  History1790300000000,
  Vectors1790300000001,
  Learned1790300000010,
  Telling1790400000000,
  Calendars1790400000100,
  AgainBy1790400000200,
  BroughtMeaning1790400000300,
  OwnList1790500000000,
  HistoryMoney1790500000100,
  PartnerSearches1790500000200,
  SourceCheck1790500000300,
  Contacts1790600000000,
  Removal1790600000100,
  Belonging1790610000000,
  BelongingChecked1790610000100,
  Sealed1790610000200,
  Leaving1790620000000,
  LeavingSealed1790620000100,
  NotesByIdentifier1790630000000,
  Following1791100000000,
  Summaries1791200000000,
  FieldWords1791300000000,
  Readings1791400000000,
  PutOff1791500000000,
  Pipeline1791510000000,
  PipelineReminders1791520000000,
  Audit1791600000000,
  SignOn1791700000000,
  Together1791710000000,
  CommentsAndTasks1791711000000,
  ResearcherReminders1791712000000,
  Translations1791720000000,
  RecallSamples1791730000000,
  PipelineMails1791740000000,
  JointHistory1791741000000,
  Lists1791742000000,
  Passkeys1791743000000,
  AlarmMails1791744000000,
  ResearcherObjections1791745000000,
  SecondWall1791746000000,
  CountedLists1791748000000,
  AuditValues1791749000000,
  JointWall1791750000000,
  UncertainMatches1791751000000,
  ChangedVersions1791752000000,
  SignalNames1791753000000,
];

/** TypeORM's database options. Only migrations create the schema. */
export function databaseOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities: ENTITIES,
    migrationsTableName: 'migration',
    migrations: MIGRATIONS,
    synchronize: false,
    poolSize: 10,
    applicationName: 'carnot-europe',
    extra: TELLING_POOL,
  };
}

/** Opens a few database connections for a short-lived program; the caller closes them. */
export const openDatabase = (url: string): Promise<DataSource> =>
  new DataSource({ ...databaseOptions(url), poolSize: 2 } as DataSourceOptions).initialize();

/**
 * Connections without time limits: a migration rewrites and checks tables of any size, and waits for other
 * migrating processes. pg does not send a limit of zero, so `options` sets it; otherwise the server's own
 * limits would apply.
 */
function openUnlimited(url: string, only?: readonly string[]): Promise<DataSource> {
  const extra = {
    ...TELLING_POOL,
    statement_timeout: 0,
    lock_timeout: 0,
    query_timeout: 0,
    options: '-c statement_timeout=0 -c lock_timeout=0',
  };
  const options = databaseOptions(url);
  const migrations = (options.migrations as { name: string }[]).filter(
    ({ name }) => only?.includes(name) ?? true,
  );
  // Named differently from the working processes, which are waited for.
  const applicationName = 'carnot-europe migration';
  return new DataSource({
    ...options,
    migrations,
    poolSize: 2,
    applicationName,
    extra,
  } as DataSourceOptions).initialize();
}

/** Returns the names of the migrations that this version knows. */
export const knownMigrations = (): string[] => MIGRATIONS.map(({ name }) => name);

/** Returns the migrations that no process of an earlier version may run alongside. */
const notForOldCode = (): string[] =>
  MIGRATIONS.filter((Migration) => new Migration().oldCode === 'must-stop').map(({ name }) => name);

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
  const source = await openUnlimited(url, names);
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

/**
 * Migrates the database to the current schema. Several processes may start at once: one migrates, the others
 * wait.
 */
export const migrate = (url: string): Promise<void> =>
  acrossInstitutes('a migration changes the rows of everybody', () => runMigrations(url));

async function runMigrations(url: string): Promise<void> {
  const source = await openUnlimited(url);
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await refuseOlder((sql) => lock.query(sql), knownMigrations());
    await besideOldCode(
      (...asked) => lock.query(...asked),
      notForOldCode(),
      () =>
        // One transaction each, so that one that only checks rows holds no locks of the previous one.
        source.runMigrations({ transaction: 'each' }),
    );
    await lock.query(NAME_NEEDED, [JSON.stringify(notForOldCode())]);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
    await source.destroy();
  }
}
