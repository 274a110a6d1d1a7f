import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Secret addresses of calendars, each with what its readers were told last. */
export class Calendars1790400000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE calendar (
         id uuid PRIMARY KEY, token_hash text NOT NULL, hint text NOT NULL, name text NOT NULL, kind text NOT NULL, profile_id text, group_id text, person_id uuid NOT NULL,
         language text NOT NULL, created_at timestamptz NOT NULL, last_read_at timestamptz, revoked_at timestamptz, told jsonb NOT NULL DEFAULT '[]')`,
    );
    await runner.query('CREATE UNIQUE INDEX calendar_token ON calendar (token_hash)');
    await runner.query('CREATE INDEX calendar_profile ON calendar (profile_id)');
    await runner.query('CREATE INDEX calendar_person ON calendar (person_id)');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
