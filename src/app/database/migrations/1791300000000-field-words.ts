import type { MigrationInterface, QueryRunner } from 'typeorm';

type Pair = readonly [from: string, to: string];

const TABLES: readonly Pair[] = [
  ['letter', 'transactional_mail'],
  ['notice', 'notification_item'],
  ['sighting', 'source_record'],
  ['telling_defaults', 'preference_defaults'],
  ['watch', 'monitor'],
  ['source_pace', 'source_rate_limit'],
  ['sign_in_pace', 'sign_in_rate_limit'],
];

/** By the new name of their table. */
const COLUMNS: readonly (readonly [table: string, from: string, to: string])[] = [
  ['recipient', 'wishes', 'preferences'],
  ['preference_defaults', 'wishes', 'preferences'],
  ['source', 'glance_due_at', 'quick_check_due_at'],
  ['proposal', 'letter_id', 'mail_id'],
  ['proposal', 'answer_letter_id', 'answer_mail_id'],
  ['person', 'leaves_letter_id', 'leaves_mail_id'],
  ['notification', 'again_of', 'resend_of'],
  ['notification', 'again_by', 'resent_by'],
  ['contact_change', 'told_at', 'notified_at'],
  ['calendar', 'told', 'events'],
  ['history_file', 'told', 'logged'],
];

/** Indexes and constraints of other tables that are named by a column. */
const NAMES: readonly Pair[] = [
  ['proposal_letter', 'proposal_mail'],
  ['proposal_answer_letter', 'proposal_answer_mail'],
  ['person_leaves_letter', 'person_leaves_mail'],
  ['notification_again_of', 'notification_resend_of'],
  ['recipient_wishes', 'recipient_preferences'],
  ['preference_defaults_wishes', 'preference_defaults_preferences'],
  ['calendar_told', 'calendar_events'],
  ['history_file_told', 'history_file_logged'],
];

/** Values of a column, by its table. */
const VALUES: readonly (readonly [table: string, column: string, from: string, to: string])[] = [
  ['harvest_run', 'kind', 'glance', 'quick-check'],
  ['harvest_run', 'state', 'believed', 'accepted'],
  ['harvest_run', 'state', 'not-believed', 'rejected'],
  ['partner_reading', 'state', 'believed', 'accepted'],
  ['partner_reading', 'state', 'not-believed', 'rejected'],
  ['monitor', 'subject', 'queue/tell', 'queue/notify'],
  ['monitor', 'subject', 'queue/post', 'queue/mail'],
  ['alarm', 'subject', 'queue/tell', 'queue/notify'],
  ['alarm', 'subject', 'queue/post', 'queue/mail'],
];

/** Keys of the preferences that people chose, which are kept as JSON. */
const KEYS: readonly Pair[] = [
  ['every', 'frequency'],
  ['ceiling', 'dailyLimit'],
];

const turned = ([a, b]: Pair): Pair => [b, a];

/** Names as engineers know them from elsewhere, instead of our own: nothing but names is changed. */
export class FieldWords1791300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [from, to] of TABLES) await runner.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    for (const [table, from, to] of COLUMNS)
      await runner.query(`ALTER TABLE ${table} RENAME COLUMN ${from} TO ${to}`);
    await renameAll(runner, [...TABLES, ...NAMES]);
    for (const [table, column, from, to] of VALUES) await replace(runner, table, column, from, to);
    await renameKeys(runner, KEYS);
  }

  /** What stands in the database is the same; a queue's jobs are found again by what is due. */
  async down(runner: QueryRunner): Promise<void> {
    await renameKeys(runner, KEYS.map(turned));
    for (const [table, column, from, to] of VALUES) await replace(runner, table, column, to, from);
    await renameAll(runner, [...NAMES, ...TABLES].map(turned));
    for (const [table, from, to] of COLUMNS)
      await runner.query(`ALTER TABLE ${table} RENAME COLUMN ${to} TO ${from}`);
    for (const [from, to] of TABLES) await runner.query(`ALTER TABLE ${to} RENAME TO ${from}`);
  }
}

/**
 * Indexes and constraints (of which PostgreSQL 18 has one for each NOT NULL) whose names begin with one of
 * these.
 */
async function renameAll(runner: QueryRunner, names: readonly Pair[]): Promise<void> {
  for (const [from, to] of names) {
    const begins = `${from.replaceAll('_', '\\_')}\\_%`;
    const constraints = (await runner.query(
      `SELECT conname AS name, conrelid::regclass::text AS of FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0 AND (conname LIKE $1 OR conname = $2)`,
      [begins, from],
    )) as { name: string; of: string }[];
    for (const { name, of } of constraints)
      await runner.query(`ALTER TABLE ${of} RENAME CONSTRAINT ${name} TO ${to}${name.slice(from.length)}`);
    const indexes = (await runner.query(
      `SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema() AND (indexname LIKE $1 OR indexname = $2)`,
      [begins, from],
    )) as { name: string }[];
    for (const { name } of indexes)
      await runner.query(`ALTER INDEX ${name} RENAME TO ${to}${name.slice(from.length)}`);
  }
}

async function replace(
  runner: QueryRunner,
  table: string,
  column: string,
  from: string,
  to: string,
): Promise<void> {
  await runner.query(`UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1`, [from, to]);
}

async function renameKeys(runner: QueryRunner, keys: readonly Pair[]): Promise<void> {
  for (const table of ['recipient', 'preference_defaults'])
    for (const [from, to] of keys)
      await runner.query(
        `UPDATE ${table} SET preferences = preferences - $1::text || jsonb_build_object($2::text, preferences->$1::text)
          WHERE preferences ? $1::text`,
        [from, to],
      );
}
