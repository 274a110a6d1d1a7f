import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Matches are made of the vectors of a brought model: whether it has read everything once, and what of it
 * each profile was matched with.
 */
export class BroughtMeaning1790400000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE embedding_progress ADD ready boolean NOT NULL DEFAULT false, DROP COLUMN told',
    );
    await runner.query(
      'ALTER TABLE profile ADD matched_meaning text, ADD matched_read_seq bigint NOT NULL DEFAULT 0',
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
