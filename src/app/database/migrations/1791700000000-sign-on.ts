import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signing in with the account of one's institute, and when somebody last showed who they are: a provider may
 * have asked long before.
 */
export class SignOn1791700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE identity (
      provider text NOT NULL, subject text NOT NULL, person_id uuid NOT NULL CONSTRAINT identity_person_id_fkey REFERENCES person (id) ON DELETE CASCADE,
      created_at timestamptz NOT NULL, PRIMARY KEY (provider, subject))`);
    await runner.query('CREATE UNIQUE INDEX identity_person ON identity (person_id, provider)');
    await runner.query('ALTER TABLE session ADD authenticated_at timestamptz');
    await runner.query('UPDATE session SET authenticated_at = created_at');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
