import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

/**
 * What matches and calls are counted by stands in an index wholly, so that no row is looked up to be counted;
 * a record is found by its topic's reference.
 */
export class CountedLists1791748000000 implements MigrationInterface, SaysOfOldCode {
  readonly oldCode = 'may-go-on';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX match_best');
    await runner.query(
      'CREATE INDEX match_best ON match (profile_id, score) INCLUDE (call_id, call_version)',
    );
    await runner.query('DROP INDEX call_listed');
    await runner.query(
      'CREATE INDEX call_listed ON call (id) INCLUDE (version, bottom_up, withdrawn_at, last_deadline_at, opens_at, source_status)',
    );
    await runner.query(
      "CREATE INDEX source_record_reference ON source_record (source_id, split_part(key, '/', 2))",
    );
  }

  /** So that an update from before it can be tried (`npm run torture -- faults`). */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX source_record_reference');
    await runner.query('DROP INDEX call_listed');
    await runner.query(
      'CREATE INDEX call_listed ON call (id) INCLUDE (bottom_up, withdrawn_at, last_deadline_at, opens_at, source_status)',
    );
    await runner.query('DROP INDEX match_best');
    await runner.query('CREATE INDEX match_best ON match (profile_id, score)');
  }
}
