import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What institutes open to one another: their interest in a call, the bid that they make of it together, and
 * the papers of the network.
 */
export class Together1791710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE interest (
      profile_id text NOT NULL CONSTRAINT interest_profile_id_fkey REFERENCES profile (id) ON DELETE CASCADE,
      call_id uuid NOT NULL CONSTRAINT interest_call_id_fkey REFERENCES call (id) ON DELETE CASCADE,
      brings text, competences text[] NOT NULL, leads boolean NOT NULL, tell boolean NOT NULL, by text NOT NULL,
      person_id uuid CONSTRAINT interest_person_id_fkey REFERENCES person (id) ON DELETE SET NULL,
      opened_at timestamptz NOT NULL, notified_at timestamptz NOT NULL, PRIMARY KEY (profile_id, call_id))`);
    await runner.query('CREATE INDEX interest_call ON interest (call_id)');
    await runner.query('CREATE INDEX interest_person ON interest (person_id)');
    await runner.query(`CREATE TABLE joint_opportunity (
      id uuid PRIMARY KEY, call_id uuid NOT NULL CONSTRAINT joint_opportunity_call_id_fkey REFERENCES call (id) ON DELETE CASCADE,
      lead_id text CONSTRAINT joint_opportunity_lead_id_fkey REFERENCES profile (id) ON DELETE SET NULL, stage text NOT NULL, stage_at timestamptz NOT NULL,
      wanted text, wanted_by date, begun_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`);
    await runner.query('CREATE UNIQUE INDEX joint_opportunity_call ON joint_opportunity (call_id)');
    await runner.query('CREATE INDEX joint_opportunity_lead ON joint_opportunity (lead_id)');
    await runner.query(`CREATE TABLE paper (
      id uuid PRIMARY KEY, kind text NOT NULL, group_id text, month text,
      call_id uuid CONSTRAINT paper_call_id_fkey REFERENCES call (id) ON DELETE CASCADE, language text NOT NULL, title text NOT NULL, sections jsonb NOT NULL,
      version integer NOT NULL, created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL, sent_at timestamptz)`);
    await runner.query('CREATE INDEX paper_call ON paper (call_id)');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
