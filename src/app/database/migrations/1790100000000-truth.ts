import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { CallContent } from '../../../calls/domain/call-content.js';
import { identityKeys } from '../../../calls/domain/versions/identity.js';

/**
 * What a change is, where it was seen, and who must hear that a source fails: typed events, tombstones,
 * alarms.
 */
export class Truth1790100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...CALLS, ...HARVEST, ...WATCH]) await runner.query(statement);
    await this.identify(runner);
  }

  /**
   * Calls that are there already are known again in another source from its first harvest on. By the rule as
   * it is now and not as it was when this was written: what is written later has today's keys, and the two
   * must be alike to meet.
   */
  private async identify(runner: QueryRunner): Promise<void> {
    const calls = (await runner.query('SELECT id, content FROM call')) as {
      id: string;
      content: CallContent;
    }[];
    for (const { id, content } of calls)
      await runner.query('UPDATE call SET identity_keys = $2 WHERE id = $1', [id, identityKeys(content)]);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

/**
 * The kind that a change from before has today. All of a status was `opened` then, a deadline's move had no
 * direction and is not told as one, and another order of the sections counted as text.
 */
const KIND = `CASE
  WHEN c->>'field' = 'sourceStatus' AND c->>'to' = 'closed' THEN 'closed'
  WHEN c->>'field' = 'sourceStatus' AND c->>'from' = 'forthcoming' AND c->>'to' = 'open' THEN 'opened'
  WHEN c->>'field' IN ('sourceStatus', 'callTitle', 'sections') OR c->>'kind' IN ('deadline', 'other') THEN 'details'
  WHEN c->>'kind' = 'title' THEN 'text'
  ELSE c->>'kind' END`;

const CALLS = [
  `UPDATE call SET content = content || '{"alsoAt": []}'`,
  `UPDATE call_version SET content = content || '{"alsoAt": []}'`,
  `ALTER TABLE call ADD withdrawn_at timestamptz`,
  // By these a call is known again where another source shows it too.
  `ALTER TABLE call ADD identity_keys text[] NOT NULL DEFAULT '{}'`,
  `CREATE INDEX call_identity_keys ON call USING gin (identity_keys)`,
  `ALTER TABLE sighting ADD content jsonb, ADD content_hash text, ADD leads boolean NOT NULL DEFAULT true, ADD owns boolean NOT NULL DEFAULT true,
     ADD missed_runs integer NOT NULL DEFAULT 0, ADD gone_at timestamptz, ADD document_hash text, ADD changed_at timestamptz`,
  // When it was last told otherwise is not known; the last sight is the latest that it can have been.
  `UPDATE sighting SET content = call.content, content_hash = call.content_hash, changed_at = last_seen_at FROM call WHERE call.id = sighting.call_id`,
  `ALTER TABLE sighting ALTER content SET NOT NULL, ALTER content_hash SET NOT NULL, ALTER changed_at SET NOT NULL`,
  `ALTER TABLE call_version ADD kinds text[] NOT NULL DEFAULT '{}', ADD source_id text, ADD document_hash text`,
  `UPDATE call_version SET changes = (SELECT jsonb_agg(c || jsonb_build_object('kind', ${KIND}) ORDER BY nth)
     FROM jsonb_array_elements(changes) WITH ORDINALITY AS e(c, nth)) WHERE changes <> '[]'`,
  // What was there when its source was read first is a baseline and no news; what came with a later run was
  // new, and may be untold yet.
  `UPDATE call_version v SET changes = '[{"kind": "new", "field": "call", "from": null, "to": null}]' FROM harvest_run r WHERE r.id = v.run_id AND v.version = 1
     AND r.ended_at > (SELECT min(f.ended_at) FROM harvest_run f WHERE f.source_id = r.source_id AND f.state = 'believed')`,
  `UPDATE call_version SET kinds = ARRAY(SELECT DISTINCT c->>'kind' FROM jsonb_array_elements(changes) c) WHERE changes <> '[]'`,
  `UPDATE call_version v SET source_id = r.source_id FROM harvest_run r WHERE r.id = v.run_id`,
  // What happened since a moment.
  `CREATE INDEX call_version_seen ON call_version (seen_at)`,
];

const HARVEST = [
  `ALTER TABLE harvest_run ADD kind text NOT NULL DEFAULT 'full'`,
  // Which calls a quick check is about, as the source was asked for them.
  `ALTER TABLE harvest_run ADD targets jsonb`,
  // Until when a host makes a run wait.
  `ALTER TABLE harvest_run ADD waits_until timestamptz`,
  // What came and could not be read: kept for the parser that will.
  `ALTER TABLE harvest_request ADD rejected_hash text, ADD rejected_why text`,
  `ALTER TABLE source ADD state_since timestamptz, ADD glance_due_at timestamptz`,
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
