import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An address that a profile names is written to once its reader agreed, and told what stays inside once
 * somebody inside said so; a change that the network asks for waits for an officer.
 */
export class Contacts1790600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE contact (
      profile_id text NOT NULL, address text NOT NULL, created_at timestamptz NOT NULL, confirmed_at timestamptz, asked_at timestamptz, token_hash text, expires_at timestamptz,
      admitted_at timestamptz, admitted_by text, PRIMARY KEY (profile_id, address))`);
    await runner.query('CREATE INDEX contact_address ON contact (address)');
    await runner.query('CREATE UNIQUE INDEX contact_token ON contact (token_hash)');
    await runner.query(`CREATE TABLE contact_change (
      profile_id text PRIMARY KEY, contacts jsonb NOT NULL, asked_by text, asked_at timestamptz NOT NULL, told_at timestamptz)`);
    // Whoever is a contact by now stays one. Those who sign in elsewhere, the network's own people among
    // them, are still to be admitted by somebody inside.
    await runner.query(
      `INSERT INTO contact (profile_id, address, created_at, confirmed_at, admitted_at)
       SELECT DISTINCT p.id, lower(c->>'email'), now(), now(),
              CASE WHEN NOT EXISTS (SELECT 1 FROM person e WHERE e.email = lower(c->>'email') AND e.removed_at IS NULL AND e.profile_id IS DISTINCT FROM p.id) THEN now() END
         FROM profile p CROSS JOIN LATERAL jsonb_array_elements(p.content->'contacts') c`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
