import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

/** Evidence keeps its order: of equal reasons the first is told first. */
const renamed = (runner: QueryRunner, before: string, after: string): Promise<void> =>
  runner.query(
    `UPDATE match SET result = jsonb_set(result, '{evidence}', (
       SELECT jsonb_agg(CASE WHEN e ? '${before}' THEN (e - '${before}') || jsonb_build_object('${after}', e->'${before}') ELSE e END ORDER BY place)
         FROM jsonb_array_elements(result->'evidence') WITH ORDINALITY AS evidence (e, place)))
      WHERE jsonb_path_exists(result, '$.evidence[*].${before}')`,
  );

/** What of a score a piece of evidence belongs to is called its signal, as everywhere. */
export class SignalNames1791753000000 implements MigrationInterface, SaysOfOldCode {
  /** It would take every reason for a word of the profile, and store more that later code takes for one. */
  readonly oldCode = 'must-stop';

  up(runner: QueryRunner): Promise<void> {
    return renamed(runner, 'part', 'signal');
  }

  down(runner: QueryRunner): Promise<void> {
    return renamed(runner, 'signal', 'part');
  }
}
