import { Logger } from '@nestjs/common';
import { QueryFailedError, type MigrationInterface, type QueryRunner } from 'typeorm';

const VIOLATED = '23503';

/**
 * Checks what was stored before rows had to belong to rows. Apart from the migration that says so, and each
 * table by itself: others write to it meanwhile. Where a row has no owner, and is none that may be removed,
 * that is told and the rule holds for what is written from now on.
 */
export class BelongingChecked1790610000100 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    const unchecked = (await runner.query(
      `SELECT conrelid::regclass::text AS "table", conname AS name FROM pg_constraint
        WHERE contype = 'f' AND NOT convalidated AND connamespace = current_schema()::regnamespace ORDER BY 1, 2`,
    )) as { table: string; name: string }[];
    for (const { table, name } of unchecked) {
      try {
        await runner.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
      } catch (error) {
        if (
          !(error instanceof QueryFailedError) ||
          (error.driverError as { code?: string }).code !== VIOLATED
        )
          throw error;
        new Logger('Database').warn(
          `${table} has rows whose owner is gone, which are left as they are (${(error.driverError as { detail?: string }).detail ?? name})`,
        );
      }
    }
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
