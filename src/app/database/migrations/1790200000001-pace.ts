import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How often somebody tried to sign in: the counts of all processes together, in the form of
 * rate-limiter-flexible.
 */
export class Pace1790200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE sign_in_pace (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)',
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
