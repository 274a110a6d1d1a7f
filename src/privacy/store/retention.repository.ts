import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Settings } from '../../platform/config/settings.js';
import { daysBefore } from '../../kernel/durations.js';
import { liveSql } from '../../calls/store/call-filter.js';
import { REFERRED_PAIRS } from '../../matching/store/match-writer.js';
import { FOLLOWS } from '../../notifications/store/recipient.repository.js';
import { longOverSql } from '../../platform/database/row-scope.js';
import { isAmong } from './erasure.repository.js';

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
  | 'questions'
  | 'matches'
  | 'versions'
  | 'events'
  | 'items'
  | 'records'
  | 'partners'
  | 'readings'
  | 'readerRequests'
  | 'translations'
  | 'validators'
  | 'reminders';

/** Rows per batch, so that row locks are short. */
const BATCH = 1_000;

/** Whether a call had closed or was withdrawn by $1, and is still. */
const OVER = `(call.withdrawn_at < $1 OR call.last_deadline_at < $1 OR (call.last_deadline_at IS NULL AND call.source_status = 'closed'
  AND (SELECT last.seen_at < $1 FROM call_version last WHERE last.call_id = call.id AND last.version = call.version)))`;
const REFERRED = `EXISTS (SELECT FROM ${REFERRED_PAIRS} r WHERE r.profile_id = m.profile_id AND r.call_id = m.call_id)`;
/** SQL for what stays of a text that changed. */
const LENGTH_OF = (text: string): string =>
  `CASE WHEN ${text} IS NULL THEN 'null'::jsonb ELSE jsonb_build_object('length', length(${text}), 'md5', md5(${text})) END`;

/**
 * The statements by kind, with the setting for its number of days ($1 is that moment, $2 the batch size). A
 * message loses its content, and a copy of a newsletter its reader, but the record that it was sent stays;
 * documents stay if they prove something: the content of a call, a version, a response that is compared with
 * the next. What refers to something comes before it, so that both go on the same day.
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
  // Who begins to follow, or does so again, begins after the last event.
  [
    'events',
    'eventDays',
    `DELETE FROM event WHERE key IN (
       SELECT e.key FROM event e LEFT JOIN call ON call.id = e.call_id WHERE e.at < $1 AND (e.call_id IS NULL OR ${OVER})
          AND e.seq < (SELECT max(seq) FROM event) AND e.seq <= ALL (SELECT r.planned_seq FROM recipient r WHERE r.stopped_at IS NULL AND ${FOLLOWS}) LIMIT $2)`,
  ],
  // By these nobody is told twice of a call that is still open.
  [
    'items',
    'sentDays',
    `DELETE FROM notification_item WHERE (recipient_id, key) IN (
       SELECT i.recipient_id, i.key FROM notification_item i LEFT JOIN call ON call.id = i.call_id WHERE i.made_at < $1 AND i.state <> 'waiting' AND (i.call_id IS NULL OR ${OVER})
          AND NOT EXISTS (SELECT FROM notification n WHERE n.id = i.notification_id AND n.state IN ('pending', 'sending')) LIMIT $2)`,
  ],
  // By the first message it is known that a recipient has begun to be told.
  [
    'records',
    'sentDays',
    `DELETE FROM notification WHERE id IN (
       SELECT n.id FROM notification n WHERE n.created_at < $1 AND n.state IN ('sent', 'failed') AND n.kind <> 'first'
          AND NOT EXISTS (SELECT FROM notification_item i WHERE i.notification_id = n.id) LIMIT $2)`,
  ],
  [
    'matches',
    'matchDays',
    `DELETE FROM match WHERE id IN (
       SELECT m.id FROM match m JOIN call ON call.id = m.call_id WHERE ${longOverSql('$1')} AND NOT ${REFERRED} LIMIT $2)`,
  ],
  [
    'versions',
    'versionDays',
    `UPDATE call_version v SET texts_dropped_at = now(), document_hash = NULL, content = v.content || '{"sections": []}', changes = (
         SELECT coalesce(jsonb_agg(CASE WHEN c->>'field' LIKE 'sections.%' AND c->>'kind' <> 'details'
             THEN c || jsonb_build_object('from', ${LENGTH_OF(`c->>'from'`)}, 'to', ${LENGTH_OF(`c->>'to'`)}) ELSE c END ORDER BY n), '[]')
           FROM jsonb_array_elements(v.changes) WITH ORDINALITY AS e (c, n))
      WHERE (v.call_id, v.version) IN (
       SELECT o.call_id, o.version FROM call_version o JOIN call ON call.id = o.call_id WHERE o.texts_dropped_at IS NULL AND o.seen_at < $1 AND o.version < call.version AND ${OVER}
          AND NOT EXISTS (SELECT FROM match m WHERE m.call_id = o.call_id AND m.call_version = o.version) LIMIT $2)`,
  ],
  // Pages that are read at each harvest keep theirs; that of a call which is listed no more is not asked for.
  [
    'validators',
    'documentDays',
    `DELETE FROM validator WHERE (source_id, request_hash) IN (SELECT source_id, request_hash FROM validator WHERE used_at < $1 LIMIT $2)`,
  ],
  [
    'questions',
    'runDays',
    `DELETE FROM question WHERE id IN (SELECT id FROM question WHERE coalesce(gone_at, seen_at) < $1 LIMIT $2)`,
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
    'alarms',
    'alarmDays',
    `DELETE FROM alarm WHERE id IN (
       SELECT a.id FROM alarm a WHERE a.raised_at < $1 AND a.delivery <> 'pending' AND NOT EXISTS (SELECT FROM transactional_mail t WHERE t.alarm_id = a.id AND t.state IN ('pending', 'sending'))
          AND NOT EXISTS (SELECT FROM monitor m WHERE a.id IN (m.alarm_id, m.incident_id)) LIMIT $2)`,
  ],
  [
    'origins',
    'originDays',
    `DELETE FROM audit_name WHERE (key, since) IN (SELECT key, since FROM audit_name WHERE key LIKE 'from/%' AND since < $1 LIMIT $2)`,
  ],
  [
    'partners',
    'partnerDays',
    `DELETE FROM partner_search WHERE (source_id, id, topic) IN (SELECT source_id, id, topic FROM partner_search WHERE gone_at < $1 LIMIT $2)`,
  ],
  [
    'readings',
    'readingDays',
    `DELETE FROM reading WHERE key IN (
       SELECT r.key FROM reading r WHERE r.read_at < $1 AND NOT EXISTS (SELECT FROM match m WHERE m.reading_key = r.key) LIMIT $2)`,
  ],
  [
    'readerRequests',
    'readingDays',
    `DELETE FROM reader_request WHERE id IN (SELECT id FROM reader_request WHERE asked_at < $1 LIMIT $2)`,
  ],
  // Who opens the page of such a call has it translated anew.
  [
    'translations',
    'readingDays',
    `DELETE FROM translation WHERE key IN (SELECT t.key FROM translation t JOIN call ON call.id = t.call_id WHERE t.made_at < $1 AND ${OVER} LIMIT $2)`,
  ],
  // By these nobody is reminded twice of a date that is still open.
  [
    'reminders',
    'sentDays',
    `DELETE FROM pipeline_reminder WHERE (person_id, key) IN (SELECT person_id, key FROM pipeline_reminder WHERE at < $1 LIMIT $2)`,
  ],
];

/**
 * Weak matches that were stored for something that refers to them no more, or for a model that cannot read
 * their call any more. $1 is the least score of others, $3 now.
 */
const WEAK = `DELETE FROM match WHERE id IN (
  SELECT m.id FROM match m JOIN call ON call.id = m.call_id WHERE m.score < $1 AND NOT ${REFERRED} AND (m.reading_key IS NULL OR NOT ${liveSql('$3')})
     AND NOT EXISTS (SELECT FROM own_match o WHERE o.profile_id = m.profile_id AND o.call_id = m.call_id AND o.score >= $1) LIMIT $2)`;

/** SQL for whether the institute of a person `p` names them as a contact, a researcher or a reader. */
const STILL_NAMED = `(EXISTS (SELECT FROM profile f WHERE f.id = p.profile_id AND ${isAmong(`f.content->'contacts'`, 'p.email')})
  OR EXISTS (SELECT FROM researcher r WHERE r.profile_id = p.profile_id AND lower(r.email) = p.email)
  OR EXISTS (SELECT FROM newsletter_reader n WHERE n.profile_id = p.profile_id AND n.address = p.email AND n.left_at IS NULL AND n.removed_at IS NULL))`;

interface Left {
  id: string;
  email: string;
  profileId: string | null;
  named: boolean;
}

@Injectable()
export class RetentionRepository {
  private readonly log = new Logger('Retention');

  constructor(private readonly database: DataSource) {}

  /**
   * Deletes all but people, one transaction per batch: if interrupted, the next run continues. A kind that
   * cannot be deleted does not keep the others.
   */
  async remove(days: RetentionDays, now: Date): Promise<Omit<Removed, 'people'>> {
    const removed: Partial<Removed> = {};
    for (const [kind, setting, statement] of STATEMENTS)
      removed[kind] = await this.inBatches(kind, statement, [daysBefore(now, days[setting]), BATCH]);
    return removed as Removed;
  }

  /** Deletes matches that are too weak to be stored; see `MatchWriter`. */
  weakMatches(storedFrom: number, now: Date): Promise<number> {
    return this.inBatches('matches', WEAK, [storedFrom, BATCH, now]);
  }

  private async inBatches(kind: Kept, statement: string, values: unknown[]): Promise<number> {
    let [all, some] = [0, 0];
    try {
      do {
        const done: [unknown, number] = await this.database.query(statement, values);
        some = done[1];
        all += some;
      } while (some === BATCH);
    } catch (error) {
      this.log.error(`Old ${kind} are not deleted, and are tried again tomorrow: ${String(error)}`);
    }
    return all;
  }

  /** People removed before this moment, and whether their institute still names them. */
  async leftBefore(moment: Date): Promise<Left[]> {
    return this.database.query(
      `SELECT id, email, profile_id AS "profileId", ${STILL_NAMED} AS named FROM person p WHERE removed_at < $1 ORDER BY removed_at LIMIT 1000`,
      [moment],
    );
  }
}
