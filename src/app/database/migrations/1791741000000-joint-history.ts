import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who changed what of a joint opportunity. Those that were begun before have their beginning as the first
 * line.
 */
export class JointHistory1791741000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE joint_opportunity_step (
      id uuid PRIMARY KEY, joint_id uuid NOT NULL CONSTRAINT joint_opportunity_step_joint_id_fkey REFERENCES joint_opportunity (id) ON DELETE CASCADE,
      profile_id text CONSTRAINT joint_opportunity_step_profile_id_fkey REFERENCES profile (id) ON DELETE SET NULL, network boolean NOT NULL, seq integer NOT NULL, kind text NOT NULL,
      changes jsonb NOT NULL, by text NOT NULL, person_id uuid CONSTRAINT joint_opportunity_step_person_id_fkey REFERENCES person (id) ON DELETE SET NULL,
      at timestamptz NOT NULL, undoes uuid)`);
    await runner.query(
      'CREATE UNIQUE INDEX joint_opportunity_step_seq ON joint_opportunity_step (joint_id, seq)',
    );
    await runner.query('CREATE INDEX joint_opportunity_step_person ON joint_opportunity_step (person_id)');
    await runner.query('CREATE INDEX joint_opportunity_step_profile ON joint_opportunity_step (profile_id)');
    await runner.query(`INSERT INTO joint_opportunity_step (id, joint_id, network, seq, kind, changes, by, at)
      SELECT gen_random_uuid(), id, false, 1, 'begun', '{"stage": {"from": null, "to": "forming"}}', '', begun_at FROM joint_opportunity`);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
