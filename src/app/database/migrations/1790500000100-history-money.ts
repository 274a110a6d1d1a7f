import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The money of funded projects, how they stand, and who left them. What was imported before says nothing of
 * it, so its files are read again.
 */
export class HistoryMoney1790500000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['history_project', 'history_staged_project'])
      await runner.query(`ALTER TABLE ${table} ${PROJECT}`);
    for (const table of ['history_participant', 'history_staged_participant'])
      await runner.query(`ALTER TABLE ${table} ${PARTICIPANT}`);
    for (const statement of ANEW) await runner.query(statement);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

/** Euros. */
const MONEY = 'numeric(15,2)';
const PROJECT = `ADD status text, ADD total_cost ${MONEY}, ADD ec_max_contribution ${MONEY}`;
const PARTICIPANT = `ADD sme boolean, ADD activity_type text, ADD nuts_code text, ADD ec_contribution ${MONEY}, ADD net_ec_contribution ${MONEY},
  ADD total_cost ${MONEY}, ADD ended boolean`;

const ANEW = [
  // A file stays known, since what it changed may not have been told yet, but not as one that was read with
  // these columns.
  'ALTER TABLE history_file ADD reading integer NOT NULL DEFAULT 1',
  // Half a file was read without the new columns.
  'TRUNCATE history_progress, history_staged_project, history_staged_participant, history_staged_topic, history_staged_subject',
];
