import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who leaves takes along what is theirs. A service's key knows who made it; links to "my messages" are signed
 * by a key that never leaves. What was left behind until now ends here.
 */
export class Leaving1790620000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_key ADD COLUMN maker_id uuid');
    await runner.query('CREATE INDEX api_key_maker ON api_key (maker_id)');
    // A name says who made a key only where one person of that place has it.
    await runner.query(`UPDATE api_key k SET maker_id = coalesce(k.person_id, (
      SELECT min(p.id::text)::uuid FROM person p WHERE p.name = k.created_by AND p.profile_id IS NOT DISTINCT FROM k.profile_id HAVING count(*) = 1))`);
    await runner.query(`UPDATE api_key k SET revoked_at = now() FROM person p WHERE p.id = k.maker_id AND k.revoked_at IS NULL
      AND (p.removed_at IS NOT NULL OR p.profile_id IS DISTINCT FROM k.profile_id)`);
    await runner.query(
      `ALTER TABLE recipient ADD COLUMN link_key text NOT NULL DEFAULT gen_random_uuid()::text || gen_random_uuid()::text`,
    );
    await runner.query(`WITH gone AS (DELETE FROM saved_search s USING person p WHERE p.id = s.person_id
        AND (p.removed_at IS NOT NULL OR p.profile_id IS DISTINCT FROM s.profile_id) RETURNING s.id::text)
      UPDATE follow f SET left_at = now() FROM gone WHERE f.kind = 'search' AND f.target = gone.id AND f.left_at IS NULL`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
