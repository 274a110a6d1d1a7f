import { readFileSync } from 'node:fs';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SaysOfOldCode } from '../../../platform/database/old-code.js';

/** The whole schema of 1.0.0: tables, whose rows they show, and the audit log. */
export class Baseline1791754000000 implements MigrationInterface, SaysOfOldCode {
  /** There is no earlier version. */
  readonly oldCode = 'may-go-on';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(readFileSync(new URL('1791754000000-baseline.sql', import.meta.url), 'utf8'));
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('The first migration has no way back.'));
  }
}
