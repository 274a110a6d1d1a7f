import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A source's own list of what it publishes: how it does, its living topics, by what each call is known; and
 * the official notes on calls.
 */
export class OwnList1790500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sighting ADD evidence text NOT NULL DEFAULT 'harvest'`);
    await runner.query('ALTER TABLE source ADD notes_from date, ADD programme_names jsonb');
    await runner.query(`CREATE TABLE source_list (
      source_id text PRIMARY KEY, state text NOT NULL DEFAULT 'new', reason text, due_at timestamptz NOT NULL, first_read_at timestamptz, read_at timestamptz,
      failures integer NOT NULL DEFAULT 0, etag text, last_modified text, hash text, counts jsonb, details_due_at timestamptz)`);
    await runner.query(`CREATE TABLE listed_topic (
      source_id text NOT NULL, reference text NOT NULL, topic jsonb NOT NULL, first_listed_at timestamptz NOT NULL, changed_at timestamptz NOT NULL, dropped_at timestamptz,
      PRIMARY KEY (source_id, reference))`);
    await runner.query(`CREATE TABLE call_note (
      call_id uuid NOT NULL REFERENCES call (id) ON DELETE CASCADE, day date NOT NULL, hash text NOT NULL, text text NOT NULL, source_id text NOT NULL, first_seen_at timestamptz NOT NULL,
      PRIMARY KEY (call_id, day, hash))`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
