import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which e-mails about the pipeline of their institute people want: until now all got all of them. */
export class PipelineMails1791740000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE person ADD COLUMN pipeline_mails text NOT NULL DEFAULT 'all'`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
