import type { EntityManager } from 'typeorm';
import type { BadRow } from '../domain/bad-rows.js';
import type { Kind } from '../domain/cordis-rows.js';

interface Table {
  key: string[];
  values: string[];
}

/**
 * The key and value columns of each kind; for all kinds but `project` the first key column is the project.
 */
const TABLES: Record<Kind, Table> = {
  project: {
    key: ['id'],
    values: [
      'acronym',
      'title',
      'objective',
      'programme',
      'start_on',
      'end_on',
      'funding_scheme',
      'topic_codes',
      'status',
      'total_cost',
      'ec_max_contribution',
    ],
  },
  participant: {
    key: ['project_id', 'pic', 'role'],
    values: [
      'country',
      'city',
      'name',
      'sme',
      'activity_type',
      'nuts_code',
      'ec_contribution',
      'net_ec_contribution',
      'total_cost',
      'ended',
    ],
  },
  topic: { key: ['project_id', 'code'], values: ['title'] },
  subject: { key: ['project_id', 'title'], values: [] },
};

const names = (columns: string[], of: string): string => columns.map((c) => `${of}.${c}`).join(', ');
const same = ({ key }: Table, a: string, b: string): string =>
  key.map((c) => `${a}.${c} = ${b}.${c}`).join(' AND ');

/** Stages rows, passed as JSON under our column names. */
export async function stageRows(tx: EntityManager, kind: Kind, rows: { line: number }[]): Promise<void> {
  const { key, values } = TABLES[kind];
  const columns = ['line', ...key, ...values].join(', ');
  await tx.query(
    `INSERT INTO history_staged_${kind} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::history_staged_${kind}, $1)`,
    [JSON.stringify(rows)],
  );
}

async function countOf(tx: EntityManager, statement: string): Promise<number> {
  const [found]: { n: number }[] = await tx.query(
    `WITH done AS (${statement} RETURNING 1) SELECT count(*)::int AS n FROM done`,
  );
  return found!.n;
}

/**
 * Upserts rows in key order: random order takes twice as long because of the index. If a key occurs more than
 * once in a file, the last row counts; for participants, an active row takes precedence over an ended one.
 */
function put(tx: EntityManager, kind: Kind): Promise<number> {
  const { key, values } = TABLES[kind];
  const columns = [...key, ...values];
  const known =
    kind === 'project' ? '' : 'WHERE EXISTS (SELECT FROM history_project p WHERE p.id = s.project_id)';
  const counts =
    kind === 'participant' ? 'coalesce(max(line) FILTER (WHERE ended IS NOT TRUE), max(line))' : 'max(line)';
  const set = values.map((c) => `${c} = excluded.${c}`).join(', ');
  const change = values.length
    ? `UPDATE SET ${set} WHERE (${names(values, 't')}) IS DISTINCT FROM (${names(values, 'excluded')})`
    : 'NOTHING';
  return countOf(
    tx,
    `INSERT INTO history_${kind} AS t (${columns.join(', ')}) SELECT ${names(columns, 's')} FROM history_staged_${kind} s
       JOIN (SELECT ${counts} AS line FROM history_staged_${kind} GROUP BY ${key.join(', ')}) l USING (line) ${known} ORDER BY ${names(key, 's')}
     ON CONFLICT (${key.join(', ')}) DO ${change}`,
  );
}

/**
 * Deletes participants, topics or subjects that a project in the file no longer has. Projects themselves are
 * never deleted: a file holds only one of several programmes.
 */
async function takeAway(tx: EntityManager, kind: Kind): Promise<number> {
  if (kind === 'project') return 0;
  return countOf(
    tx,
    `DELETE FROM history_${kind} t WHERE t.project_id IN (SELECT project_id FROM history_staged_${kind})
       AND NOT EXISTS (SELECT FROM history_staged_${kind} s WHERE ${same(TABLES[kind], 's', 't')})`,
  );
}

/** Returns the rows whose project is in no project file. */
async function orphans(tx: EntityManager, kind: Kind): Promise<BadRow[]> {
  if (kind === 'project') return [];
  const rows: { line: number; id: string }[] = await tx.query(
    `SELECT line, project_id AS id FROM history_staged_${kind} s WHERE NOT EXISTS (SELECT FROM history_project p WHERE p.id = s.project_id) ORDER BY line`,
  );
  return rows.map(({ line, id }) => ({
    line,
    why: `projectID is ${id}, and no project.csv that was imported has that project`,
  }));
}

/** Merges a staged file into the live tables. */
export async function merge(tx: EntityManager, kind: Kind): Promise<{ changed: number; lost: BadRow[] }> {
  // A freshly filled table has no statistics, and a plan made without them takes minutes.
  await tx.query(`ANALYZE history_staged_${kind}`);
  await tx.query(`SET LOCAL work_mem = '64MB'`);
  const lost = await orphans(tx, kind);
  const taken = await takeAway(tx, kind);
  return { changed: taken + (await put(tx, kind)), lost };
}
