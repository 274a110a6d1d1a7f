import type pg from 'pg';
import { CarnotError } from '../../../kernel/errors.js';
import type { Header } from './frames.js';

type Table = Header['tables'][number];
/** TypeORM's table of applied migrations, which the restoring side writes itself. */
const MIGRATIONS = 'migration';

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const columnsOf = ({ columns }: Pick<Table, 'columns'>): string => columns.map(quoted).join(', ');

/**
 * Returns all our tables, referenced ones first. Those of the queue are excluded: it has its own schema, and
 * is rebuilt from these.
 */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname <> $1
      GROUP BY c.relname ORDER BY c.relname`,
    [MIGRATIONS],
  );
  const references = await client.query<{ from: string; to: string }>(
    `SELECT f.relname AS from, t.relname AS to FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
      WHERE k.contype = 'f' AND f.relnamespace = current_schema()::regnamespace AND f.oid <> t.oid`,
  );
  return inOrder(rows, references.rows);
}

function inOrder(tables: Table[], references: { from: string; to: string }[]): Table[] {
  const ordered: Table[] = [];
  let left = tables;
  while (left.length) {
    const waits = (name: string): boolean =>
      references.some(({ from, to }) => from === name && left.some((table) => table.name === to));
    const next = left.filter(({ name }) => !waits(name));
    if (!next.length)
      throw new CarnotError(
        'TableCircle',
        `Tables refer to each other in a circle: ${left.map((t) => t.name).join(', ')}.`,
        'person',
      );
    ordered.push(...next);
    left = left.filter((table) => !next.includes(table));
  }
  return ordered;
}

/** Returns the last value of each sequence that no column owns. */
export async function listSequences(client: pg.ClientBase): Promise<Header['sequences']> {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `SELECT s.sequencename AS name, s.last_value::text AS last FROM pg_sequences s
      WHERE s.schemaname = current_schema() AND s.sequencename <> $1 ORDER BY 1`,
    [`${MIGRATIONS}_id_seq`],
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

/** Returns the names of the applied migrations; null if there is no table of them. */
export async function listMigrations(client: pg.ClientBase): Promise<string[] | null> {
  const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS there`, [
    quoted(MIGRATIONS),
  ]);
  if (!rows[0]!.there) return null;
  const done = await client.query<{ name: string }>(
    `SELECT name FROM ${quoted(MIGRATIONS)} ORDER BY timestamp`,
  );
  return done.rows.map(({ name }) => name);
}
