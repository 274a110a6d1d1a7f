import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Passages of calls that a language model has translated, so that each is asked for once. */
export class Translations1791720000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE translation (
      key text PRIMARY KEY, call_id uuid NOT NULL CONSTRAINT translation_call_id_fkey REFERENCES call (id) ON DELETE CASCADE,
      model text NOT NULL, texts text[], made_at timestamptz NOT NULL)`);
    await runner.query('CREATE INDEX translation_call ON translation (call_id)');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
