import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Researchers who want no more calls from an institute: by the hash of their address, since nothing else of
 * them is to be kept.
 */
export class ResearcherObjections1791745000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE researcher_objection (
      profile_id text NOT NULL CONSTRAINT researcher_objection_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE,
      address_hash text NOT NULL,
      objected_at timestamptz NOT NULL,
      CONSTRAINT researcher_objection_pkey PRIMARY KEY (profile_id, address_hash))`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
