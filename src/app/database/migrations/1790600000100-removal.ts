import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An officer whom the network removes is mailed, and has some days to keep their place. */
export class Removal1790600000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE person ADD leaves_at timestamptz, ADD leaves_asked_by text, ADD leaves_letter_id uuid',
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
