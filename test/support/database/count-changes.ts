import type { DataSource } from 'typeorm';
import { LEFT_OUT, PASSING } from './table-state.js';

/** Counts row changes in the application's tables. */
export interface Changes {
  count(): Promise<number>;
  /** Returns the latest change, such as `insert on note`. */
  last(): Promise<string>;
}

/** Makes the database record each change, except what was rolled back and what every visit updates. */
export async function countChanges(database: DataSource): Promise<Changes> {
  const rest = (row: string): string =>
    [...PASSING, 'expires_at'].reduce((json, column) => `${json} - '${column}'`, `to_jsonb(${row})`);
  await database.query('CREATE TABLE change_seen (id bigserial PRIMARY KEY, what text NOT NULL)');
  await database.query(`CREATE FUNCTION see_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP <> 'UPDATE' OR ${rest('OLD')} IS DISTINCT FROM ${rest('NEW')} THEN INSERT INTO change_seen (what) VALUES (lower(TG_OP) || ' on ' || TG_TABLE_NAME); END IF;
    RETURN NULL; END $$`);
  const tables: { name: string }[] = await database.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL($1)`,
    [[...LEFT_OUT, 'change_seen', 'migrations']],
  );
  for (const { name } of tables)
    await database.query(
      `CREATE TRIGGER see_change AFTER INSERT OR UPDATE OR DELETE ON "${name}" FOR EACH ROW EXECUTE FUNCTION see_change()`,
    );
  return {
    count: async () =>
      ((await database.query('SELECT count(*)::int AS n FROM change_seen')) as { n: number }[])[0]!.n,
    last: async () =>
      (
        (await database.query('SELECT what FROM change_seen ORDER BY id DESC LIMIT 1')) as { what: string }[]
      )[0]!.what,
  };
}
