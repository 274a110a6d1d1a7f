import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people were reminded of in the pipeline, so that each thing is told once. */
export class PipelineReminders1791520000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE pipeline_reminder (
      person_id uuid NOT NULL CONSTRAINT pipeline_reminder_person_id_fkey REFERENCES person (id) ON DELETE CASCADE, key text NOT NULL, at timestamptz NOT NULL,
      PRIMARY KEY (person_id, key))`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
