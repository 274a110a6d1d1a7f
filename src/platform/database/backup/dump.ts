import { createHash } from 'node:crypto';
import pg from 'pg';
import { columnsOf, CopyOut, listMigrations, listSequences, listTables, quoted } from './tables.js';
import { FORMAT, FrameWriter, KINDS, type Header, type TableEnd } from './frames.js';
import { SEES_EVERYTHING } from '../row-scope.js';
import { CarnotError } from '../../../kernel/errors.js';

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

  readonly add = (row: Buffer): void => {
    const hash = createHash('sha256').update(row).digest();
    this.rows += 1;
    this.high = BigInt.asUintN(64, this.high + hash.readBigUInt64BE(0));
    this.low = BigInt.asUintN(64, this.low + hash.readBigUInt64BE(8));
  };

  get sum(): string {
    return [this.high, this.low].map((half) => half.toString(16).padStart(16, '0')).join('');
  }
}

/** Returns the rows of a table as PostgreSQL writes them, and their checksum once they have been read. */
export function rowsOf(client: pg.Client, table: Header['tables'][number]): { rows: CopyOut; sum: RowSum } {
  const sum = new RowSum();
  const rows = new CopyOut(`COPY ${quoted(table.name)} (${columnsOf(table)}) TO STDOUT`, sum.add);
  return { rows: client.query(rows), sum };
}

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
    const { rows, sum } = rowsOf(client, table);
    for await (const batch of rows) yield* writer.frame(KINDS.rows, batch as Buffer);
    const end: TableEnd = { name: table.name, rows: sum.rows, sum: sum.sum };
    yield* writer.frame(KINDS.tableEnd, end);
  }
  yield* writer.end();
  await client.query('COMMIT');
}
