import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Verdicts count for the ranking of other calls: which are set aside, and with which a profile was matched
 * last.
 */
export class Learned1790300000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE review ADD set_aside_at timestamptz');
    await runner.query('ALTER TABLE profile ADD matched_verdicts text');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
