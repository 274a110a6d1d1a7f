import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Columns updated on every visit, whatever is requested: they do not count as changes. */
export const PASSING = ['last_seen_at', 'last_used_at', 'last_read_at'];
/** Tables that count requests, or record refused ones. */
export const LEFT_OUT = ['source_rate_limit', 'sign_in_rate_limit', 'audit', 'audit_name'];

/** The owner of the rows: an institute and its people. */
interface Own {
  profileId: string;
  personIds: string[];
}

function ofOwn(table: string, columns: string[], own: Own): { where: string; value: unknown } | null {
  if (columns.includes('profile_id')) return { where: 'WHERE profile_id = $1', value: own.profileId };
  if (columns.includes('person_id')) return { where: 'WHERE person_id = ANY($1)', value: own.personIds };
  return table === 'profile' ? { where: 'WHERE id = $1', value: own.profileId } : null;
}

/**
 * Returns all tables of the application, each with a hash of its contents; with `own` only tables with rows
 * of an institute, and only those rows.
 */
export async function tableState(app: INestApplication, own?: Own): Promise<Record<string, string>> {
  const database = app.get(DataSource);
  const tables: { name: string; columns: string[] }[] = await database.query(
    `SELECT table_name AS name, array_agg(column_name::text) AS columns FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL($1) GROUP BY 1 ORDER BY 1`,
    [LEFT_OUT],
  );
  const state: Record<string, string> = {};
  for (const { name, columns } of tables) {
    const narrowed = own && ofOwn(name, columns, own);
    if (own && !narrowed) continue;
    // Using a session extends it.
    const passing = [...PASSING, ...(name === 'session' ? ['expires_at'] : [])];
    const row = passing.reduce((json, column) => `${json} - '${column}'`, 'to_jsonb(t)');
    const [found]: { hash: string }[] = await database.query(
      `SELECT count(*) || ' rows ' || coalesce(md5(string_agg(h, '' ORDER BY h)), '') AS hash FROM (SELECT md5((${row})::text) AS h FROM "${name}" t ${narrowed?.where ?? ''}) r`,
      narrowed ? [narrowed.value] : [],
    );
    state[name] = found!.hash;
  }
  return state;
}
