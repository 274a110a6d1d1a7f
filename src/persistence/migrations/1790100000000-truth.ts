import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { CallContent } from '../../domain/call/call-content.js';
import { identityKeys } from '../../domain/call/identity.js';

/** What a change is, where it was seen, and who must hear that a source fails: typed events, tombstones, alarms. */
export class Truth1790100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...CALLS, ...HARVEST, ...WATCH]) await runner.query(statement);
    await this.identify(runner);
  }

  /** Calls that are there already are known again in another source from its first harvest on. */
  private async identify(runner: QueryRunner): Promise<void> {
    const calls = (await runner.query('SELECT id, content FROM call')) as { id: string; content: CallContent }[];
    for (const { id, content } of calls) await runner.query('UPDATE call SET identity_keys = $2 WHERE id = $1', [id, identityKeys(content)]);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const CALLS = [
  `UPDATE call SET content = content || '{"alsoAt": []}'`,
  `UPDATE call_version SET content = content || '{"alsoAt": []}'`,
  `ALTER TABLE call ADD withdrawn_at timestamptz`,
  // By these a call is known again where another source shows it too.
  `ALTER TABLE call ADD identity_keys text[] NOT NULL DEFAULT '{}'`,
  `CREATE INDEX call_identity_keys ON call USING gin (identity_keys)`,
  `ALTER TABLE sighting ADD content jsonb, ADD content_hash text, ADD leads boolean NOT NULL DEFAULT true,
     ADD missed_runs integer NOT NULL DEFAULT 0, ADD gone_at timestamptz, ADD document_hash text`,
  `UPDATE sighting SET content = call.content, content_hash = call.content_hash FROM call WHERE call.id = sighting.call_id`,
  `ALTER TABLE sighting ALTER content SET NOT NULL, ALTER content_hash SET NOT NULL`,
  `ALTER TABLE call_version ADD kinds text[] NOT NULL DEFAULT '{}', ADD source_id text, ADD document_hash text`,
  // Of versions from before there were kinds, the first are a baseline and no news, and a deadline's way is not told.
  `UPDATE call_version SET kinds = ARRAY(SELECT DISTINCT CASE c->>'kind' WHEN 'title' THEN 'text' WHEN 'deadline' THEN 'details' WHEN 'other' THEN 'details'
     ELSE c->>'kind' END FROM jsonb_array_elements(changes) c) WHERE changes <> '[]'`,
  `UPDATE call_version SET changes = (SELECT jsonb_agg(c || jsonb_build_object('kind', CASE c->>'kind' WHEN 'title' THEN 'text' WHEN 'deadline' THEN 'details'
     WHEN 'other' THEN 'details' ELSE c->>'kind' END)) FROM jsonb_array_elements(changes) c) WHERE changes <> '[]'`,
  `UPDATE call_version v SET source_id = r.source_id FROM harvest_run r WHERE r.id = v.run_id`,
  // What happened since a moment, and when a source last had something new to say.
  `CREATE INDEX call_version_seen ON call_version (seen_at)`,
  `CREATE INDEX call_version_source ON call_version (source_id, seen_at)`,
];

const HARVEST = [
  `ALTER TABLE harvest_run ADD kind text NOT NULL DEFAULT 'full'`,
  // Which calls a short look is about, as the source was asked for them.
  `ALTER TABLE harvest_run ADD targets jsonb`,
  // What came and could not be read: kept for the parser that will.
  `ALTER TABLE harvest_request ADD rejected_hash text, ADD rejected_why text`,
  `ALTER TABLE source ADD state_since timestamptz, ADD glance_due_at timestamptz, ADD glanced_at timestamptz`,
  `CREATE TABLE validator (
    source_id text NOT NULL,
    request_hash text NOT NULL,
    etag text,
    last_modified text,
    document_hash text NOT NULL,
    PRIMARY KEY (source_id, request_hash)
  )`,
];

const WATCH = [
  `CREATE TABLE watch (
    subject text PRIMARY KEY,
    state text NOT NULL,
    since timestamptz NOT NULL,
    trouble_since timestamptz,
    alarm_id uuid,
    acknowledged_at timestamptz
  )`,
  `CREATE TABLE alarm (
    id uuid PRIMARY KEY,
    subject text NOT NULL,
    previous text NOT NULL,
    state text NOT NULL,
    reason text,
    raised_at timestamptz NOT NULL,
    trouble_since timestamptz,
    logged_at timestamptz,
    delivery text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    error text,
    next_try_at timestamptz,
    claimed_at timestamptz,
    sent_at timestamptz,
    sent_to text[] NOT NULL DEFAULT '{}',
    sent_where text
  )`,
  `CREATE INDEX alarm_raised ON alarm (raised_at)`,
  `CREATE INDEX alarm_unlogged ON alarm (raised_at) WHERE logged_at IS NULL`,
  `CREATE INDEX alarm_waiting ON alarm (delivery) WHERE delivery IN ('pending', 'sending')`,
];
