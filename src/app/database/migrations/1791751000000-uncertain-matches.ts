import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

const renamed = async (runner: QueryRunner, before: string, after: string): Promise<void> => {
  for (const table of ['recipient', 'preference_defaults'])
    await runner.query(
      `UPDATE ${table} SET preferences = preferences || '{"from": "${after}"}' WHERE preferences->>'from' = '${before}'`,
    );
};

/**
 * Whoever wanted possible matches too wanted all that is told: of these the lowest are called uncertain now,
 * and they go on getting them.
 */
export class UncertainMatches1791751000000 implements MigrationInterface, SaysOfOldCode {
  /** It would store “possible” for all that is told, and drop a choice that it does not know. */
  readonly oldCode = 'must-stop';

  up(runner: QueryRunner): Promise<void> {
    return renamed(runner, 'possible', 'uncertain');
  }

  /** Before, nobody could want the possible ones without the uncertain ones. */
  down(runner: QueryRunner): Promise<void> {
    return renamed(runner, 'uncertain', 'possible');
  }
}
