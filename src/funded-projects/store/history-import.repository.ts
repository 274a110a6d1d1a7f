import { DataSource, type EntityManager } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { type BadRow, firstBad, isUnreadable, type Kind, type RowsOf } from '../domain/cordis-rows.js';
import { LAST_IMPORT } from './history.repository.js';
import { HistoryFileEntity, HistoryProgressEntity } from './history-project.entity.js';
import { longStatement, longTransaction } from '../../platform/database/connections.js';
import { NEVER } from '../../profiles/store/profile.repository.js';
import { HISTORY_LOCK } from '../../platform/database/locks.js';

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

/** What is staged of a row that cannot be read: its key, besides the project, is empty as in no other. */
const UNREAD: Record<Kind, object> = {
  project: {},
  participant: { pic: '', role: '', country: '', name: '' },
  topic: { code: '' },
  subject: { title: '' },
};
const isRead = (kind: Kind): string => (kind === 'project' ? 'true' : `s.${TABLES[kind].key[1]} <> ''`);

const names = (columns: string[], of: string): string => columns.map((c) => `${of}.${c}`).join(', ');
const same = ({ key }: Table, a: string, b: string): string =>
  key.map((c) => `${a}.${c} = ${b}.${c}`).join(' AND ');

/** Stages rows, passed as JSON under our column names. */
async function stageRows(tx: EntityManager, kind: Kind, rows: { line: number }[]): Promise<void> {
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
    kind === 'project'
      ? ''
      : `WHERE ${isRead(kind)} AND EXISTS (SELECT FROM history_project p WHERE p.id = s.project_id)`;
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
 * Deletes participants, topics or subjects that a project in the file no longer has, unless a row of it
 * cannot be read. Projects themselves are never deleted: a file holds only one of several programmes.
 */
async function takeAway(tx: EntityManager, kind: Kind): Promise<number> {
  if (kind === 'project') return 0;
  return countOf(
    tx,
    `DELETE FROM history_${kind} t WHERE t.project_id IN (SELECT project_id FROM history_staged_${kind})
       AND t.project_id NOT IN (SELECT project_id FROM history_staged_${kind} s WHERE NOT ${isRead(kind)})
       AND NOT EXISTS (SELECT FROM history_staged_${kind} s WHERE ${same(TABLES[kind], 's', 't')})`,
  );
}

/** Returns the rows whose project is in no project file. */
async function orphans(tx: EntityManager, kind: Kind): Promise<BadRow[]> {
  if (kind === 'project') return [];
  const rows: { line: number; id: string }[] = await tx.query(
    `SELECT line, project_id AS id FROM history_staged_${kind} s WHERE ${isRead(kind)} AND NOT EXISTS (SELECT FROM history_project p WHERE p.id = s.project_id) ORDER BY line`,
  );
  return rows.map(({ line, id }) => ({
    line,
    why: `projectID is ${id}, and no project.csv that was imported has that project`,
  }));
}

/** Merges a staged file into the live tables. */
async function merge(tx: EntityManager, kind: Kind): Promise<{ changed: number; lost: BadRow[] }> {
  // A freshly filled table has no statistics, and a plan made without them takes minutes.
  await tx.query(`ANALYZE history_staged_${kind}`);
  await tx.query(`SET LOCAL work_mem = '64MB'`);
  const lost = await orphans(tx, kind);
  const taken = await takeAway(tx, kind);
  return { changed: taken + (await put(tx, kind)), lost };
}

export interface FileId {
  kind: Kind;
  hash: string;
}
/** Parsed rows of a file, and where to continue reading; `unread`: the projects of bad rows. */
export interface Batch<K extends Kind = Kind> {
  rows: { line: number; row: RowsOf[K] }[];
  bad: BadRow[];
  unread: { line: number; projectId: string }[];
  next: { offset: number; line: number };
}

/** The parser version. Increase it when columns are added or read differently, to re-read all files. */
const READING = 2;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/**
 * Imports files of funded projects: batch by batch into a staging table, then in one step into the live
 * tables.
 */
@Injectable()
export class HistoryImportRepository {
  constructor(private readonly database: DataSource) {}

  /** Runs `work` while no other import runs; calls `waiting` if it has to wait for one to end. */
  async alone<T>(waiting: () => void, work: () => Promise<T>): Promise<T> {
    const runner = this.database.createQueryRunner();
    try {
      const [tried] = (await runner.query('SELECT pg_try_advisory_lock($1) AS free', [HISTORY_LOCK])) as {
        free: boolean;
      }[];
      if (!tried!.free) {
        waiting();
        await longStatement(runner, 'SELECT pg_advisory_lock($1)', [HISTORY_LOCK]);
      }
      return await work();
    } finally {
      await runner.query('SELECT pg_advisory_unlock_all()');
      await runner.release();
    }
  }

  /**
   * Returns the result of an earlier import of a file; null if there was none, or if projects imported since
   * then may be the ones its rows lacked.
   */
  imported(hash: string): Promise<HistoryFileEntity | null> {
    return this.database
      .createQueryBuilder(HistoryFileEntity, 'f')
      .where('f.hash = :hash AND f.reading = :reading', { hash, reading: READING })
      .andWhere(
        `(f.lost = 0 OR NOT EXISTS (SELECT FROM history_file p WHERE p.kind = 'project' AND p.imported_at > f.imported_at))`,
      )
      .getOne();
  }

  /**
   * Returns the progress of a file; null if it starts from the beginning. Rows left behind by another file of
   * its kind are dropped.
   */
  async progress({ kind, hash }: FileId): Promise<HistoryProgressEntity | null> {
    const found = await this.database.getRepository(HistoryProgressEntity).findOneBy({ kind });
    if (found?.hash === hash) return found;
    await this.database.transaction((tx) => this.forget(tx, kind));
    return null;
  }

  /** Stores a batch together with the progress of the file. */
  async stage({ kind, hash }: FileId, { rows, bad, unread, next }: Batch): Promise<void> {
    await this.database.transaction(async (tx) => {
      await stageRows(tx, kind, [
        ...rows.map(({ line, row }) => ({
          line,
          ...Object.fromEntries(Object.entries(row).map(([k, v]) => [snake(k), v])),
        })),
        ...unread.map(({ line, projectId }) => ({ line, project_id: projectId, ...UNREAD[kind] })),
      ]);
      const known = await tx.findOneBy(HistoryProgressEntity, { kind });
      const counts = {
        rows: (known?.rows ?? 0) + rows.length + bad.length,
        bad: (known?.bad ?? 0) + bad.length,
      };
      await tx.save(HistoryProgressEntity, {
        kind,
        hash,
        byteOffset: String(next.offset),
        line: next.line,
        ...counts,
        problems: firstBad(known?.problems ?? [], bad),
      });
    });
  }

  /**
   * Merges the staged file into the live tables, all or nothing. One of which no row could be read counts as
   * not imported.
   */
  async finish({ kind, hash }: FileId, now: Date): Promise<HistoryFileEntity> {
    return longTransaction(this.database, async (tx) => {
      const staged = await tx.findOneBy(HistoryProgressEntity, { kind });
      const { changed, lost } = await merge(tx, kind);
      const counts = {
        rows: staged?.rows ?? 0,
        bad: (staged?.bad ?? 0) + lost.length,
        problems: firstBad(staged?.problems ?? [], lost),
        lost: lost.length,
      };
      const file = tx.create(HistoryFileEntity, {
        hash,
        kind,
        ...counts,
        changed,
        importedAt: now,
        reading: READING,
        logged: false,
      });
      if (!isUnreadable(file)) await tx.save(file);
      await this.forget(tx, kind);
      return file;
    });
  }

  /** Counts the import if any file changed something since the last counted one. */
  async log(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [rows]: [{ changed: number }[], number] = await tx.query(
        'UPDATE history_file SET logged = true WHERE NOT logged RETURNING changed',
      );
      if (!rows.some((r) => r.changed > 0)) return;
      await tx.query(
        `INSERT INTO setting (key, value) VALUES ($1, '1') ON CONFLICT (key) DO UPDATE SET value = to_jsonb((setting.value)::int + 1)`,
        [LAST_IMPORT],
      );
      // The claims of these profiles may match projects that are new or changed.
      await tx.query(
        `UPDATE profile SET matched_revision = $1 WHERE jsonb_array_length(coalesce(content->'trackRecord', '[]')) > 0`,
        [NEVER],
      );
    });
  }

  private async forget(tx: EntityManager, kind: Kind): Promise<void> {
    await tx.query(`TRUNCATE history_staged_${kind}`);
    await tx.delete(HistoryProgressEntity, { kind });
  }
}
