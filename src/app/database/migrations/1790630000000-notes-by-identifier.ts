import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The official notes of a source find their topics by identifier. Without an index each harvest unpacked the
 * contents of all calls for that: a third of its time, after a hundred days.
 */
export class NotesByIdentifier1790630000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX sighting_grant_identifier ON sighting (source_id, lower(content->>'identifier')) WHERE leads AND content->>'kind' = 'grant'`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
