import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A call may be put off until a day. */
export class PutOff1791500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE review ADD later_until date');
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
