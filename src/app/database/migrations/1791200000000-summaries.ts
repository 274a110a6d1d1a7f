import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists show all of a call but its text. To read that out of the content PostgreSQL unpacks the whole text of
 * each row, and of each that is only compared: a page of twenty calls took 60 to 100 ms.
 */
export class Summaries1791200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['call', 'sighting']) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN summary jsonb NOT NULL DEFAULT '{}'`);
      await runner.query(`UPDATE ${table} SET summary = content - 'sections'`);
    }
    await runner.query('DROP INDEX call_sisters');
    await runner.query(
      `CREATE INDEX call_sisters ON call ((summary->>'callIdentifier'), (summary->'budget'->>'total'))`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
