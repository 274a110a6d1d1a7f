import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

/**
 * Whether one sees an interest in a call, or a joint opportunity: of its own interests an institute is shown
 * them, of the others' none.
 */
const OF_WHOM = [
  ['sees_interest_in', 'SELECT FROM interest WHERE call_id = about'],
  ['sees_joint', 'SELECT FROM joint_opportunity WHERE id = about'],
] as const;

const SAID = `current_setting('carnot.institute', true)`;
/**
 * Its members are those whose interest in its call is open: to all others it is as if it were not there. The
 * network sees it without any.
 */
const POLICIES = [
  ['joint_opportunity', 'sees_interest_in(call_id)'],
  ['joint_opportunity_step', 'sees_joint(joint_id)'],
] as const;

/** Joint opportunities and their history are shown to their members and to the network. */
export class JointWall1791750000000 implements MigrationInterface, SaysOfOldCode {
  /** It would tell nobody that there is one, and leave a member that withdrew in the lead. */
  readonly oldCode = 'must-stop';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, exists] of OF_WHOM)
      await runner.query(
        `CREATE FUNCTION ${name}(about uuid) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$ BEGIN RETURN EXISTS (${exists}); END $$`,
      );
    for (const [table, member] of POLICIES) {
      await runner.query(
        `CREATE POLICY institute ON ${table} USING (rtrim(${SAID}, '*') <> ${SAID} OR ${member})`,
      );
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table] of POLICIES) {
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY`);
      await runner.query(`DROP POLICY institute ON ${table}`);
    }
    for (const [name] of OF_WHOM) await runner.query(`DROP FUNCTION ${name}`);
  }
}
