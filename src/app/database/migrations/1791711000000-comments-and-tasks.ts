import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the people of an institute write to one another about an opportunity, and what is to be done for it.
 */
export class CommentsAndTasks1791711000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE opportunity ADD COLUMN tasks jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`CREATE TABLE opportunity_comment (
      id uuid PRIMARY KEY, opportunity_id uuid NOT NULL CONSTRAINT opportunity_comment_opportunity_id_fkey REFERENCES opportunity (id) ON DELETE CASCADE,
      profile_id text NOT NULL CONSTRAINT opportunity_comment_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE, author text NOT NULL,
      person_id uuid CONSTRAINT opportunity_comment_person_id_fkey REFERENCES person (id) ON DELETE SET NULL, text text NOT NULL, notified uuid[] NOT NULL,
      created_at timestamptz NOT NULL, edited_at timestamptz, deleted_at timestamptz)`);
    await runner.query(
      'CREATE INDEX opportunity_comment_thread ON opportunity_comment (opportunity_id, created_at, id)',
    );
    await runner.query('CREATE INDEX opportunity_comment_person ON opportunity_comment (person_id)');
    await runner.query('CREATE INDEX opportunity_comment_profile ON opportunity_comment (profile_id)');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
