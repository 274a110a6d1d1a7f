import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The vectors that a model of the operator's own makes of texts, and how far it has come. */
export class Vectors1790300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE embedding (model text NOT NULL, hash bytea NOT NULL, vector bytea NOT NULL, PRIMARY KEY (model, hash))',
    );
    // Numbers of a vector do not compress; to try takes longer than to read them.
    await runner.query('ALTER TABLE embedding ALTER vector SET STORAGE EXTERNAL');
    await runner.query(
      `CREATE TABLE embedding_progress (model text PRIMARY KEY, call_seq bigint NOT NULL DEFAULT 0, profiles jsonb NOT NULL DEFAULT '{}', dimensions integer,
         added bigint NOT NULL DEFAULT 0, told bigint NOT NULL DEFAULT 0, paused_until timestamptz, used_at timestamptz NOT NULL)`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
