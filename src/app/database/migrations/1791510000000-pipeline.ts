import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an institute answers: from the call that it studies to the contract, with who changed what, when and
 * why, and the dates on the way.
 */
export class Pipeline1791510000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE opportunity (
      id uuid PRIMARY KEY, profile_id text NOT NULL CONSTRAINT opportunity_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE,
      call_id uuid NOT NULL CONSTRAINT opportunity_call_id_fkey REFERENCES call (id) ON DELETE CASCADE, stage text NOT NULL, stage_at timestamptz NOT NULL,
      lead text, lead_name text, role text, partners text[] NOT NULL, requested double precision, currency text NOT NULL, share double precision, probability integer,
      proposal_number text, decide_by date, signed_on date, deadline_at timestamptz, milestones jsonb NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`);
    await runner.query('CREATE UNIQUE INDEX opportunity_call ON opportunity (profile_id, call_id)');
    await runner.query('CREATE INDEX opportunity_call_of ON opportunity (call_id)');
    await runner.query(`CREATE TABLE opportunity_step (
      id uuid PRIMARY KEY, opportunity_id uuid NOT NULL CONSTRAINT opportunity_step_opportunity_id_fkey REFERENCES opportunity (id) ON DELETE CASCADE,
      profile_id text NOT NULL CONSTRAINT opportunity_step_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE, seq integer NOT NULL, kind text NOT NULL,
      changes jsonb NOT NULL, why text, by text NOT NULL, person_id uuid CONSTRAINT opportunity_step_person_id_fkey REFERENCES person (id) ON DELETE SET NULL,
      at timestamptz NOT NULL, undoes uuid)`);
    await runner.query('CREATE UNIQUE INDEX opportunity_step_seq ON opportunity_step (opportunity_id, seq)');
    await runner.query('CREATE INDEX opportunity_step_person ON opportunity_step (person_id)');
    await runner.query('CREATE INDEX opportunity_step_profile ON opportunity_step (profile_id)');
    await runner.query(`CREATE TABLE milestone_template (
      profile_id text PRIMARY KEY CONSTRAINT milestone_template_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE,
      milestones jsonb NOT NULL, updated_by text NOT NULL, updated_at timestamptz NOT NULL)`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
