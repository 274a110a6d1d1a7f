import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever joins an institute follows it. Those who have left one are to follow it anew if they come back:
 * that they followed it once, and left it when they were removed, is forgotten. The people who are there
 * begin to with the next tick.
 */
export class Following1791100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM follow f USING recipient r, person p WHERE r.id = f.recipient_id AND r.channel = 'email' AND r.owner = '' AND r.address = p.email
        AND p.removed_at IS NOT NULL AND f.kind = 'profile' AND f.target = p.profile_id AND f.origin <> 'contact'`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
