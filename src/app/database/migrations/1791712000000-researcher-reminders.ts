import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Researchers who have not answered are reminded once. What was proposed before has no day for it: nobody is
 * written to by an update.
 */
export class ResearcherReminders1791712000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE proposal ADD COLUMN remind_on date, ADD COLUMN reminded_at timestamptz, ADD COLUMN reminded_by text, ADD COLUMN reminder_token_hash text,
      ADD COLUMN reminder_mail_id uuid CONSTRAINT proposal_reminder_mail_id_fkey REFERENCES transactional_mail (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED`);
    await runner.query('CREATE UNIQUE INDEX proposal_reminder_token ON proposal (reminder_token_hash)');
    await runner.query('CREATE INDEX proposal_reminder_mail ON proposal (reminder_mail_id)');
    await runner.query(
      'CREATE INDEX proposal_to_remind ON proposal (remind_on) WHERE remind_on IS NOT NULL AND reminded_at IS NULL AND answered_at IS NULL',
    );
    await runner.query(`CREATE TABLE proposal_settings (
      profile_id text PRIMARY KEY CONSTRAINT proposal_settings_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE,
      remind_after_days integer, updated_by text NOT NULL, updated_at timestamptz NOT NULL)`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
