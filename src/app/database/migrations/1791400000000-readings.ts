import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A language model may read calls: what it said, what it was asked and what that took; of each match what the
 * built-in ranking alone says, and whether a reading is counted.
 */
export class Readings1791400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE reading (
      key text PRIMARY KEY, model text NOT NULL, prompt_version integer NOT NULL, grade text, reason_en text, reason_fr text, quote text, field text, quote_from integer, quote_to integer,
      times integer NOT NULL, refused text, read_at timestamptz NOT NULL)`);
    await runner.query(`CREATE TABLE reader_request (
      id uuid PRIMARY KEY, model text NOT NULL, call_id uuid NOT NULL CONSTRAINT reader_request_call_id_fkey REFERENCES call (id) ON DELETE CASCADE, institutes text[] NOT NULL,
      asked_at timestamptz NOT NULL, answered_at timestamptz, prompt_tokens integer NOT NULL, completion_tokens integer NOT NULL, money double precision, currency text,
      refused integer NOT NULL DEFAULT 0, error text, given_up boolean NOT NULL DEFAULT false)`);
    await runner.query('CREATE INDEX reader_request_asked ON reader_request (asked_at)');
    await runner.query('CREATE INDEX reader_request_call ON reader_request (call_id)');
    await runner.query(`CREATE TABLE reader_state (
      model text PRIMARY KEY, paused_until timestamptz, limit_reached text, failing_call uuid, failed_at timestamptz, error text, error_at timestamptz)`);
    await runner.query(
      'ALTER TABLE match ADD built_in double precision NOT NULL DEFAULT 0, ADD reading_key text, ADD read boolean NOT NULL DEFAULT false',
    );
    await runner.query('UPDATE match SET built_in = score');
    await runner.query('CREATE INDEX match_built_in ON match (profile_id, built_in)');
    await runner.query('CREATE INDEX match_reading ON match (reading_key) WHERE NOT read');
    await runner.query('ALTER TABLE profile ADD reading_since timestamptz');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
