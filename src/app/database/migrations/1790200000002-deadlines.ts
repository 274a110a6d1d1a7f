import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The deadlines of a call beside its content: a year of them is looked through without unpacking the text of
 * every call.
 */
export class Deadlines1790200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE call ADD deadlines jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(
      `UPDATE call SET deadlines = (SELECT coalesce(jsonb_agg(jsonb_build_object('at', d->>'at', 'kind', d->>'kind', 'timeTold', (d->>'timeTold')::boolean)), '[]')
         FROM jsonb_array_elements(content->'deadlines') d)`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
