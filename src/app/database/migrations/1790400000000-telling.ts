import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is told becomes an address of a channel, with what it follows: before, a contact of one profile, by
 * mail.
 */
const RECIPIENTS = [
  'ALTER TABLE recipient RENAME TO old_recipient',
  'ALTER INDEX recipient_token RENAME TO old_recipient_token',
  `CREATE TABLE recipient (
    id uuid PRIMARY KEY, channel text NOT NULL, owner text NOT NULL DEFAULT '', address text NOT NULL, name text, language text NOT NULL, profile_id text, wishes jsonb NOT NULL DEFAULT '{}',
    secrets text[] NOT NULL DEFAULT '{}', token text NOT NULL, since timestamptz NOT NULL, planned_seq bigint NOT NULL, last_slot_at timestamptz NOT NULL, paused_until timestamptz,
    stopped_at timestamptz, stopped_why text)`,
  'CREATE UNIQUE INDEX recipient_address ON recipient (channel, owner, address)',
  'CREATE UNIQUE INDEX recipient_token ON recipient (token)',
  'CREATE INDEX recipient_profile ON recipient (profile_id)',
  `CREATE TABLE follow (
    recipient_id uuid NOT NULL, kind text NOT NULL, target text NOT NULL, origin text NOT NULL, since timestamptz NOT NULL, baseline_seq bigint NOT NULL, welcomed_at timestamptz, left_at timestamptz,
    PRIMARY KEY (recipient_id, kind, target))`,
  'CREATE INDEX follow_target ON follow (kind, target)',
  // Of an address that is a contact of several profiles the one that was taken in first gives the link: all
  // links that were mailed are one's own, so the others are followed through it.
  `INSERT INTO recipient (id, channel, address, name, language, profile_id, token, since, planned_seq, last_slot_at, stopped_at, stopped_why)
   SELECT DISTINCT ON (r.email) gen_random_uuid(), 'email', r.email, c.value->>'name', coalesce(c.value->>'language', p.content->>'language', 'fr'), r.profile_id, r.token, r.since, 0, r.last_slot_at,
          r.stopped_at, CASE WHEN r.stopped_at IS NOT NULL THEN 'unsubscribed' END
     FROM old_recipient r LEFT JOIN profile p ON p.id = r.profile_id
     LEFT JOIN LATERAL jsonb_array_elements(p.content->'contacts') c ON lower(c.value->>'email') = r.email
    ORDER BY r.email, r.stopped_at NULLS FIRST, r.since`,
  `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq, welcomed_at, left_at)
   SELECT n.id, 'profile', r.profile_id, 'contact', r.since, r.baseline_seq, r.since, r.stopped_at FROM old_recipient r JOIN recipient n ON n.address = r.email`,
  // Who stopped all is stopped; who stopped one institute's mails goes on with the others'.
  'UPDATE follow f SET left_at = NULL FROM recipient r WHERE r.id = f.recipient_id AND r.stopped_at IS NOT NULL',
];

const OUTBOX = [
  `ALTER TABLE notification ADD recipient_id uuid, ADD channel text NOT NULL DEFAULT 'email', ADD payload text, ADD threads text[] NOT NULL DEFAULT '{}', ADD tries jsonb NOT NULL DEFAULT '[]', ADD again_of uuid`,
  'ALTER TABLE notification RENAME email TO address',
  'ALTER TABLE notification RENAME contact_name TO name',
  'ALTER TABLE notification ALTER name DROP NOT NULL, ALTER html DROP NOT NULL, ALTER profile_id DROP NOT NULL, ALTER channel DROP DEFAULT',
  `UPDATE notification SET recipient_id = coalesce((SELECT id FROM recipient r WHERE r.address = notification.address), gen_random_uuid())`,
  'ALTER TABLE notification ALTER recipient_id SET NOT NULL',
  `UPDATE notification n SET items = (SELECT coalesce(jsonb_agg(i - 'seq' || jsonb_build_object('version', coalesce((SELECT version FROM call_version v WHERE v.seq = (i->>'seq')::bigint), 1)) ORDER BY nth), '[]')
     FROM jsonb_array_elements(n.items) WITH ORDINALITY AS e(i, nth))`,
  'CREATE INDEX notification_recipient ON notification (recipient_id, created_at)',
  `CREATE TABLE telling_defaults (profile_id text PRIMARY KEY, wishes jsonb NOT NULL, updated_at timestamptz NOT NULL, updated_by text NOT NULL)`,
];

const EVENTS = [
  'CREATE SEQUENCE event_seq',
  `CREATE TABLE event (
    key text PRIMARY KEY, seq bigint NOT NULL, kind text NOT NULL, call_id uuid, version integer, profile_id text, about uuid, by_call boolean NOT NULL DEFAULT false, at timestamptz NOT NULL)`,
  'CREATE UNIQUE INDEX event_seq_key ON event (seq)',
  'CREATE INDEX event_call ON event (call_id)',
  `CREATE TABLE notice (
    recipient_id uuid NOT NULL, key text NOT NULL, kind text NOT NULL, call_id uuid, version integer, about uuid, place text NOT NULL, urgency text, held boolean NOT NULL DEFAULT false,
    made_at timestamptz NOT NULL, state text NOT NULL, why text, notification_id uuid, PRIMARY KEY (recipient_id, key))`,
  `CREATE INDEX notice_waiting ON notice (recipient_id) WHERE state = 'waiting'`,
  'CREATE INDEX notice_call ON notice (call_id)',
  'CREATE INDEX notice_notification ON notice (notification_id)',
  // What was told stays told.
  `INSERT INTO notice (recipient_id, key, kind, call_id, version, place, made_at, state, notification_id)
   SELECT DISTINCT ON (r.id, t.call_id) r.id, 'call/' || t.call_id, 'call', t.call_id, coalesce(v.version, 1), 'digest', coalesce(n.created_at, r.since), 'written', t.notification_id
     FROM told t JOIN recipient r ON r.address = t.email LEFT JOIN call_version v ON v.seq = t.seq LEFT JOIN notification n ON n.id = t.notification_id ORDER BY r.id, t.call_id, t.seq DESC`,
  // What stands in a mail that has not left yet will have been told by it.
  `INSERT INTO notice (recipient_id, key, kind, call_id, version, place, made_at, state, notification_id)
   SELECT n.recipient_id, 'call/' || (i->>'callId'), 'call', (i->>'callId')::uuid, (i->>'version')::int, 'digest', n.created_at, 'written', n.id
     FROM notification n CROSS JOIN LATERAL jsonb_array_elements(n.items) i WHERE n.state IN ('pending', 'sending')
   ON CONFLICT (recipient_id, key) DO UPDATE SET version = excluded.version, notification_id = excluded.notification_id`,
  // What happened since somebody was taken in, and may not be told yet: in the order in which it happened.
  `INSERT INTO event (key, seq, kind, call_id, version, profile_id, by_call, at)
   SELECT key, nextval('event_seq'), kind, call_id, version, profile_id, false, at FROM (
     SELECT 'change/' || call_id || '/' || version AS key, 'change' AS kind, call_id, version, NULL AS profile_id, seen_at AS at, seq FROM call_version
      WHERE kinds <> '{}' AND kinds <> '{new}' AND seq > (SELECT min(baseline_seq) FROM follow)
     UNION ALL
     SELECT 'match/' || m.profile_id || '/' || m.call_id || CASE WHEN m.score >= 65 THEN '/strong' ELSE '/possible' END, 'match', m.call_id, m.call_version, m.profile_id, c.first_seen_at, c.first_seq FROM match m JOIN call c ON c.id = m.call_id
      WHERE m.score >= 40 AND c.first_seq > (SELECT min(baseline_seq) FROM follow)) happened ORDER BY seq, key`,
  'DROP TABLE told',
  'DROP TABLE old_recipient',
];

/** Telling people: what happened as events, what whom is told as notices, and messages by any channel. */
export class Telling1790400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...RECIPIENTS, ...OUTBOX, ...EVENTS]) await runner.query(statement);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
