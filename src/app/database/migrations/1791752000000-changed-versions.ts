import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

/**
 * Of fifty thousand versions most are the first of their call, in which nothing changed: the list of changes
 * passes over them.
 */
export class ChangedVersions1791752000000 implements MigrationInterface, SaysOfOldCode {
  readonly oldCode = 'may-go-on';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX call_version_changed ON call_version (seq) WHERE kinds <> '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX call_version_changed');
  }
}
