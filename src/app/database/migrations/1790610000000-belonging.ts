import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose row a row is; `gone`: what becomes of it when that one is deleted; `deferred`: both are written in
 * one transaction, in any order.
 */
interface Belonging {
  table: string;
  column: string;
  of: string;
  gone: 'CASCADE' | 'SET NULL' | 'NO ACTION';
  deferred?: boolean;
  index?: string;
}

/**
 * What is only of use with its owner goes with it: versions, matches, verdicts, keys, links. What somebody
 * wrote or asked stays without their name's row. What was sent, and who signs in, keeps its institute:
 * without one it would be the network's, and be shown there; so does a version the run that shows it. Such an
 * owner cannot be deleted as long as they are there.
 */
const ALL: Belonging[] = [
  { table: 'call_version', column: 'call_id', of: 'call', gone: 'CASCADE' },
  {
    table: 'call_version',
    column: 'run_id',
    of: 'harvest_run',
    gone: 'NO ACTION',
    index: 'call_version_run',
  },
  { table: 'harvest_request', column: 'run_id', of: 'harvest_run', gone: 'CASCADE' },
  { table: 'sighting', column: 'call_id', of: 'call', gone: 'CASCADE' },
  { table: 'match', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'match', column: 'call_id', of: 'call', gone: 'CASCADE' },
  { table: 'review', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'review', column: 'call_id', of: 'call', gone: 'CASCADE' },
  { table: 'note', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'note', column: 'call_id', of: 'call', gone: 'CASCADE', index: 'note_call_of' },
  { table: 'note', column: 'person_id', of: 'person', gone: 'SET NULL', index: 'note_person' },
  { table: 'event', column: 'call_id', of: 'call', gone: 'CASCADE' },
  { table: 'event', column: 'profile_id', of: 'profile', gone: 'CASCADE', index: 'event_profile' },
  { table: 'follow', column: 'recipient_id', of: 'recipient', gone: 'CASCADE' },
  { table: 'notice', column: 'recipient_id', of: 'recipient', gone: 'CASCADE' },
  { table: 'notice', column: 'call_id', of: 'call', gone: 'CASCADE' },
  { table: 'notice', column: 'notification_id', of: 'notification', gone: 'SET NULL' },
  {
    table: 'notification',
    column: 'profile_id',
    of: 'profile',
    gone: 'NO ACTION',
    index: 'notification_profile',
  },
  {
    table: 'notification',
    column: 'again_of',
    of: 'notification',
    gone: 'SET NULL',
    index: 'notification_again_of',
  },
  { table: 'recipient', column: 'profile_id', of: 'profile', gone: 'NO ACTION' },
  { table: 'person', column: 'profile_id', of: 'profile', gone: 'NO ACTION' },
  { table: 'session', column: 'person_id', of: 'person', gone: 'CASCADE' },
  { table: 'sign_in_link', column: 'person_id', of: 'person', gone: 'CASCADE' },
  { table: 'api_key', column: 'person_id', of: 'person', gone: 'CASCADE', index: 'api_key_person' },
  { table: 'api_key', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'feed', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'feed', column: 'person_id', of: 'person', gone: 'CASCADE', index: 'feed_person' },
  { table: 'calendar', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'calendar', column: 'person_id', of: 'person', gone: 'CASCADE' },
  {
    table: 'saved_search',
    column: 'profile_id',
    of: 'profile',
    gone: 'CASCADE',
    index: 'saved_search_profile',
  },
  { table: 'saved_search', column: 'person_id', of: 'person', gone: 'CASCADE' },
  { table: 'researcher', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'proposal', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'proposal', column: 'call_id', of: 'call', gone: 'CASCADE', index: 'proposal_call_of' },
  { table: 'proposal', column: 'researcher_id', of: 'researcher', gone: 'SET NULL' },
  { table: 'proposal', column: 'person_id', of: 'person', gone: 'SET NULL', index: 'proposal_person' },
  {
    table: 'proposal',
    column: 'letter_id',
    of: 'letter',
    gone: 'NO ACTION',
    deferred: true,
    index: 'proposal_letter',
  },
  {
    table: 'proposal',
    column: 'answer_letter_id',
    of: 'letter',
    gone: 'SET NULL',
    deferred: true,
    index: 'proposal_answer_letter',
  },
  { table: 'letter', column: 'profile_id', of: 'profile', gone: 'NO ACTION', index: 'letter_profile' },
  { table: 'telling_defaults', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'profile_version', column: 'profile_id', of: 'profile', gone: 'CASCADE' },
  { table: 'history_participant', column: 'project_id', of: 'history_project', gone: 'CASCADE' },
  { table: 'history_topic', column: 'project_id', of: 'history_project', gone: 'CASCADE' },
  { table: 'history_subject', column: 'project_id', of: 'history_project', gone: 'CASCADE' },
  { table: 'watch', column: 'alarm_id', of: 'alarm', gone: 'SET NULL', deferred: true, index: 'watch_alarm' },
];

const ORPHAN = ({ column, of }: Belonging): string =>
  `t.${column} IS NOT NULL AND NOT EXISTS (SELECT FROM ${of} o WHERE o.id = t.${column})`;

/**
 * What was left behind without an owner: nothing ever reads it. Of what stays in any case the next migration
 * tells.
 */
function withoutOrphans(belonging: Belonging): string[] {
  const { table, column, gone } = belonging;
  if (gone === 'CASCADE') return [`DELETE FROM ${table} t WHERE ${ORPHAN(belonging)}`];
  return gone === 'SET NULL' ? [`UPDATE ${table} t SET ${column} = NULL WHERE ${ORPHAN(belonging)}`] : [];
}

/** Not checked yet: that reads the whole table, and is done by the next migration while others write. */
function made({ table, column, of, gone, deferred, index }: Belonging): string[] {
  const rule = `ON DELETE ${gone}${deferred ? ' DEFERRABLE INITIALLY DEFERRED' : ''}`;
  return [
    ...(index ? [`CREATE INDEX ${index} ON ${table} (${column})`] : []),
    `ALTER TABLE ${table} ADD CONSTRAINT ${table}_${column}_fkey FOREIGN KEY (${column}) REFERENCES ${of} (id) ${rule} NOT VALID`,
  ];
}

/** Rows that belong to rows say so, and the database holds them to it. */
export class Belonging1790610000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ALL.flatMap(withoutOrphans), ...ALL.flatMap(made)])
      await runner.query(statement);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
