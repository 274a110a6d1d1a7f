import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each source was seen to be when it was asked whether it is as it is taken for, and when it is asked
 * again.
 */
export class SourceCheck1790500000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE source_check (
      source_id text PRIMARY KEY, due_at timestamptz NOT NULL, asked_at timestamptz, answered_at timestamptz, results jsonb, reason text
    )`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
