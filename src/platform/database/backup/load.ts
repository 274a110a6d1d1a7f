import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CarnotError } from '../../../kernel/errors.js';
import { tablesOf, type Contents } from './backup-file.js';
import { columnsOf, quoted } from './tables.js';
import { rowsOf, RowSum } from './dump.js';

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
