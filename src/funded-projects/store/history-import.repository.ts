import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { firstBad, type BadRow } from '../domain/bad-rows.js';
import type { Kind, RowsOf } from '../domain/cordis-rows.js';
import { HistoryFileEntity } from './history-file.entity.js';
import { HistoryProgressEntity } from './history-progress.entity.js';
import { longStatement, longTransaction } from '../../platform/database/long-work.js';
import { merge, stageRows } from './history-merge.js';
import { LAST_IMPORT } from './history.repository.js';
import { NEVER } from '../../profiles/store/profile.repository.js';
import { HISTORY_LOCK } from '../../platform/database/locks.js';

/** Identifies a file by its content. */
export interface FileId {
  kind: Kind;
  hash: string;
}
/** Parsed rows of a file, and where to continue reading. */
export interface Batch<K extends Kind = Kind> {
  rows: { line: number; row: RowsOf[K] }[];
  bad: BadRow[];
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
  async stage({ kind, hash }: FileId, { rows, bad, next }: Batch): Promise<void> {
    await this.database.transaction(async (tx) => {
      await stageRows(
        tx,
        kind,
        rows.map(({ line, row }) => ({
          line,
          ...Object.fromEntries(Object.entries(row).map(([k, v]) => [snake(k), v])),
        })),
      );
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

  /** Merges the staged file into the live tables, all or nothing. */
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
      const file = await tx.save(HistoryFileEntity, {
        hash,
        kind,
        ...counts,
        changed,
        importedAt: now,
        reading: READING,
        logged: false,
      });
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
