import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Settings } from '../../platform/config/settings.js';
import { DAY_MS } from '../../kernel/durations.js';

export type RetentionDays = Settings['retention'];
/** How many rows of each kind were deleted or emptied. */
export type Removed = Record<Kept, number>;
type Kept =
  | 'messages'
  | 'mails'
  | 'copies'
  | 'readers'
  | 'sheets'
  | 'sessions'
  | 'people'
  | 'requests'
  | 'runs'
  | 'documents'
  | 'alarms'
  | 'origins'
  | 'questions';

/** Rows per batch, so that row locks are short. */
const BATCH = 1_000;

/**
 * The statements by kind, with the setting for its number of days ($1 is that moment, $2 the batch size). A
 * message loses its content, and a copy of a newsletter its reader, but the record that it was sent stays;
 * documents stay if they prove something: the content of a call, a version, a response that is compared with
 * the next.
 */
const STATEMENTS: [Kept, keyof RetentionDays, string][] = [
  [
    'messages',
    'messageDays',
    `UPDATE notification SET text = '', html = '', payload = NULL, unsubscribe_url = '', tries = '[]' WHERE id IN (
       SELECT id FROM notification WHERE state IN ('sent', 'failed') AND created_at < $1 AND (text <> '' OR html <> '' OR payload IS NOT NULL) LIMIT $2)`,
  ],
  [
    'mails',
    'mailDays',
    `DELETE FROM transactional_mail WHERE id IN (
       SELECT m.id FROM transactional_mail m WHERE m.state IN ('sent', 'failed') AND m.created_at < $1 AND m.alarm_id IS NULL
          AND NOT EXISTS (SELECT FROM proposal p WHERE m.id IN (p.mail_id, p.answer_mail_id)) AND NOT EXISTS (SELECT FROM person p WHERE p.leaves_mail_id = m.id)
          AND NOT EXISTS (SELECT FROM newsletter_copy c WHERE c.mail_id = m.id) LIMIT $2)`,
  ],
  [
    'copies',
    'mailDays',
    `UPDATE transactional_mail SET to_name = NULL, to_address = '', reply_to = NULL, text = '', html = '', unsubscribe_url = NULL, sent_where = NULL, error = NULL WHERE id IN (
       SELECT m.id FROM newsletter_copy c JOIN transactional_mail m ON m.id = c.mail_id WHERE m.state IN ('sent', 'failed') AND m.created_at < $1 AND m.to_address <> '' LIMIT $2)`,
  ],
  [
    'readers',
    'peopleDays',
    `UPDATE newsletter_reader SET address = '', name = NULL, stopped_why = NULL WHERE id IN (
       SELECT id FROM newsletter_reader WHERE coalesce(left_at, stopped_at) < $1 AND address <> '' LIMIT $2)`,
  ],
  [
    'sessions',
    'sessionDays',
    `DELETE FROM session WHERE id IN (SELECT id FROM session WHERE least(expires_at, coalesce(revoked_at, expires_at)) < $1 LIMIT $2)`,
  ],
  [
    'sheets',
    'sheetDays',
    `DELETE FROM waiting_sheet WHERE person_id IN (SELECT person_id FROM waiting_sheet WHERE sent_at < $1 LIMIT $2)`,
  ],
  [
    'requests',
    'documentDays',
    `DELETE FROM harvest_request WHERE id IN (
       SELECT q.id FROM harvest_request q JOIN harvest_run r ON r.id = q.run_id WHERE r.ended_at < $1 LIMIT $2)`,
  ],
  [
    'runs',
    'runDays',
    `DELETE FROM harvest_run WHERE id IN (
       SELECT r.id FROM harvest_run r WHERE r.ended_at < $1 AND NOT EXISTS (SELECT FROM call_version v WHERE v.run_id = r.id)
          AND r.id <> (SELECT l.id FROM harvest_run l WHERE l.source_id = r.source_id ORDER BY l.started_at DESC LIMIT 1) LIMIT $2)`,
  ],
  [
    'documents',
    'documentDays',
    `DELETE FROM raw_document WHERE hash IN (
       SELECT d.hash FROM raw_document d WHERE d.first_fetched_at < $1
          AND NOT EXISTS (SELECT FROM call_version v WHERE v.document_hash = d.hash) AND NOT EXISTS (SELECT FROM source_record s WHERE s.document_hash = d.hash)
          AND NOT EXISTS (SELECT FROM question a WHERE a.document_hash = d.hash)
          AND NOT EXISTS (SELECT FROM validator v WHERE v.document_hash = d.hash) AND NOT EXISTS (SELECT FROM source_list l WHERE l.hash = d.hash)
          AND NOT EXISTS (SELECT FROM portal_project p WHERE p.document_hash = d.hash) AND NOT EXISTS (SELECT FROM draft_topic t WHERE t.document_hash = d.hash)
          AND NOT EXISTS (SELECT FROM harvest_request q WHERE d.hash IN (q.document_hash, q.rejected_hash)) LIMIT $2)`,
  ],
  [
    'questions',
    'runDays',
    `DELETE FROM question WHERE id IN (SELECT id FROM question WHERE coalesce(gone_at, seen_at) < $1 LIMIT $2)`,
  ],
  [
    'alarms',
    'alarmDays',
    `DELETE FROM alarm WHERE id IN (
       SELECT a.id FROM alarm a WHERE a.raised_at < $1 AND a.delivery <> 'pending' AND NOT EXISTS (SELECT FROM transactional_mail t WHERE t.alarm_id = a.id AND t.state IN ('pending', 'sending'))
          AND NOT EXISTS (SELECT FROM monitor m WHERE m.alarm_id = a.id) LIMIT $2)`,
  ],
  [
    'origins',
    'originDays',
    `DELETE FROM audit_name WHERE (key, since) IN (SELECT key, since FROM audit_name WHERE key LIKE 'from/%' AND since < $1 LIMIT $2)`,
  ],
];

export const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * DAY_MS);

/** Deletes data past their retention time. */
@Injectable()
export class RetentionRepository {
  constructor(private readonly database: DataSource) {}

  /** Deletes all but people, one transaction per batch: if interrupted, the next run continues. */
  async remove(days: RetentionDays, now: Date): Promise<Omit<Removed, 'people'>> {
    const removed: Partial<Removed> = {};
    for (const [kind, setting, statement] of STATEMENTS) {
      let [all, some] = [0, 0];
      do {
        const done: [unknown, number] = await this.database.query(statement, [
          daysBefore(now, days[setting]),
          BATCH,
        ]);
        some = done[1];
        all += some;
      } while (some === BATCH);
      removed[kind] = all;
    }
    return removed as Removed;
  }

  /** People removed before this moment. */
  async leftBefore(moment: Date): Promise<{ id: string; email: string; profileId: string | null }[]> {
    return this.database.query(
      'SELECT id, email, profile_id AS "profileId" FROM person WHERE removed_at < $1 ORDER BY removed_at LIMIT 1000',
      [moment],
    );
  }
}
