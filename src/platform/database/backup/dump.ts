import { createHash, type Hash } from 'node:crypto';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { columnsOf, listMigrations, listSequences, listTables, quoted } from './tables.js';
import { FORMAT, FrameWriter, type Header, KINDS, type TableEnd } from './frames.js';
import { SEES_EVERYTHING } from '../request-context.js';
import { CarnotError } from '../../../kernel/errors.js';
import { type Contents, tablesOf } from './backup-file.js';

/** Runs work on a separate connection without our limits: tables may be large, and hold everyone's rows. */
export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'carnot-europe backup',
    options: `-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0 -c timezone=UTC -c datestyle=ISO -c extra_float_digits=1 ${SEES_EVERYTHING}`,
  });
  // A broken connection is also reported by the running query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * The number of rows of a table, and a checksum that does not depend on their order: no two servers store
 * them in the same one.
 */
class RowSum {
  rows = 0;
  private high = 0n;
  private low = 0n;
  private row: Hash = createHash('sha256');

  /** Adds what COPY has written; a row ends with a line break, and has no other one. */
  add(batch: Buffer): void {
    let from = 0;
    for (let to = batch.indexOf('\n'); to !== -1; to = batch.indexOf('\n', from)) {
      const hash = this.row.update(batch.subarray(from, to + 1)).digest();
      this.rows += 1;
      this.high = BigInt.asUintN(64, this.high + hash.readBigUInt64BE(0));
      this.low = BigInt.asUintN(64, this.low + hash.readBigUInt64BE(8));
      this.row = createHash('sha256');
      from = to + 1;
    }
    this.row.update(batch.subarray(from));
  }

  get sum(): string {
    return [this.high, this.low].map((half) => half.toString(16).padStart(16, '0')).join('');
  }
}

/** Returns the rows of a table as PostgreSQL writes them, in batches. */
const rowsOf = (client: pg.Client, table: Header['tables'][number]): AsyncIterable<Buffer> =>
  client.query(copyTo(`COPY ${quoted(table.name)} (${columnsOf(table)}) TO STDOUT`));

/** Dumps everything as of one moment, however long it takes, while others go on writing. */
export async function* dump(
  client: pg.Client,
  about: { version: string; madeAt: Date; keys: string[] },
): AsyncGenerator<Buffer> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const migrations = await listMigrations(client);
  if (!migrations)
    throw new CarnotError(
      'NothingToBackUp',
      'There is nothing to back up: this database has none of our tables.',
      'person',
    );
  const tables = await listTables(client);
  // Prevents changes to the tables themselves until they have been read.
  await client.query(`LOCK TABLE ${tables.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`);
  const writer = new FrameWriter();
  yield writer.begin();
  const header: Header = {
    format: FORMAT,
    version: about.version,
    madeAt: about.madeAt.toISOString(),
    migrations,
    tables,
    sequences: await listSequences(client),
    keys: about.keys,
  };
  yield* writer.frame(KINDS.header, header);
  for (const table of tables) {
    const sum = new RowSum();
    for await (const batch of rowsOf(client, table)) {
      sum.add(batch);
      yield* writer.frame(KINDS.rows, batch);
    }
    const end: TableEnd = { name: table.name, rows: sum.rows, sum: sum.sum };
    yield* writer.frame(KINDS.tableEnd, end);
  }
  yield* writer.end();
  await client.query('COMMIT');
}

/** Fills existing, empty tables within the open transaction. */
export async function load(client: pg.Client, file: string, contents: Contents): Promise<void> {
  const { tables, sequences } = contents.header;
  // No triggers: the audit log is itself among the rows.
  for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
  const withPolicies = await client.query<{ name: string }>(
    'SELECT relname AS name FROM pg_class WHERE relforcerowsecurity AND relnamespace = current_schema()::regnamespace',
  );
  // PostgreSQL does not COPY into a table with forced row-level security.
  for (const { name } of withPolicies.rows)
    await client.query(`ALTER TABLE ${quoted(name)} NO FORCE ROW LEVEL SECURITY`);
  // Rows inserted by a migration come from the backup too.
  const filled: string[] = [];
  for (const { name } of tables) {
    const { rowCount } = await client.query(`SELECT FROM ${quoted(name)} LIMIT 1`);
    if (rowCount) filled.push(quoted(name));
  }
  if (filled.length) await client.query(`TRUNCATE ${filled.join(', ')}`);
  for await (const { rows, ...table } of tablesOf(file, contents)) {
    const copy = copyFrom(`COPY ${quoted(table.name)} (${columnsOf(table)}) FROM STDIN`);
    await pipeline(Readable.from(rows), client.query(copy));
  }
  // Checks constraints deferred until the commit now.
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
  for (const { name } of withPolicies.rows)
    await client.query(`ALTER TABLE ${quoted(name)} FORCE ROW LEVEL SECURITY`);
  for (const [name, last] of Object.entries(sequences))
    if (last !== null) await client.query('SELECT setval($1::regclass, $2)', [quoted(name), last]);
}

/** Reads back what was loaded, and throws if it differs from the backup. */
export async function compare(client: pg.Client, { header, ends }: Contents): Promise<void> {
  for (const [i, table] of header.tables.entries()) {
    const sum = new RowSum();
    for await (const batch of rowsOf(client, table)) sum.add(batch);
    const end = ends[i]!;
    if (sum.rows !== end.rows || sum.sum !== end.sum)
      throw new CarnotError(
        'RestoreDiffers',
        `Read back, table ${table.name} differs from the backup (${sum.rows} rows instead of ${end.rows}, or other contents). Nothing was restored.`,
        'person',
      );
  }
}
