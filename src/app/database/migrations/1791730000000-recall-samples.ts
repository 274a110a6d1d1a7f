import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls that institutes were not told of, and are asked about month by month. */
export class RecallSamples1791730000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE recall_sample (
      profile_id text NOT NULL CONSTRAINT recall_sample_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE,
      call_id uuid NOT NULL CONSTRAINT recall_sample_call_id_fkey REFERENCES call (id) ON DELETE CASCADE,
      month text NOT NULL, stratum text NOT NULL, stratum_size integer NOT NULL, drawn_at timestamptz NOT NULL,
      PRIMARY KEY (profile_id, call_id))`);
    await runner.query('CREATE INDEX recall_sample_call ON recall_sample (call_id)');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
