import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sent a message once more, by hand. */
export class AgainBy1790400000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notification ADD again_by text');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
