import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls and their versions, the harvests that brought them, profiles, matches, and the outbox. */
export class First1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...HARVEST, ...CALLS, ...PROFILES, ...TELLING]) await runner.query(statement);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const HARVEST = [
  `CREATE TABLE setting (key text PRIMARY KEY, value jsonb NOT NULL)`,
  `CREATE TABLE source (
    id text PRIMARY KEY,
    state text NOT NULL DEFAULT 'new',
    reason text,
    last_run_at timestamptz,
    last_good_run_at timestamptz,
    due_at timestamptz,
    failures integer NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE harvest_run (
    id uuid PRIMARY KEY,
    source_id text NOT NULL,
    state text NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    reason text,
    counts jsonb
  )`,
  `CREATE UNIQUE INDEX harvest_run_one_under_way ON harvest_run (source_id) WHERE ended_at IS NULL`,
  `CREATE TABLE raw_document (
    hash text PRIMARY KEY,
    media_type text NOT NULL,
    size integer NOT NULL,
    gzip bytea NOT NULL,
    first_fetched_at timestamptz NOT NULL
  )`,
  // The bytes are compressed already.
  `ALTER TABLE raw_document ALTER COLUMN gzip SET STORAGE EXTERNAL`,
  `CREATE TABLE harvest_request (
    id uuid PRIMARY KEY,
    run_id uuid NOT NULL,
    scan integer NOT NULL,
    key text NOT NULL,
    request jsonb NOT NULL,
    document_hash text,
    fetched_at timestamptz
  )`,
  // The pace at which a source is asked, counted over all processes (rate-limiter-flexible's own table).
  `CREATE TABLE source_pace (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)`,
  `CREATE UNIQUE INDEX harvest_request_key ON harvest_request (run_id, scan, key)`,
];

const CALLS = [
  // One order over all versions of all calls. Stores are serialised by a lock, so it is the order of commits
  // too.
  `CREATE SEQUENCE call_version_seq`,
  `CREATE TABLE call (
    id uuid PRIMARY KEY,
    content jsonb NOT NULL,
    content_hash text NOT NULL,
    version integer NOT NULL,
    first_seq bigint NOT NULL,
    seq bigint NOT NULL,
    programme text,
    opens_at timestamptz,
    last_deadline_at timestamptz,
    source_status text NOT NULL,
    search tsvector NOT NULL,
    first_seen_at timestamptz NOT NULL
  )`,
  `CREATE INDEX call_seq ON call (seq)`,
  `CREATE INDEX call_first_seq ON call (first_seq)`,
  `CREATE INDEX call_search ON call USING gin (search)`,
  `CREATE TABLE sighting (
    source_id text NOT NULL,
    key text NOT NULL,
    call_id uuid NOT NULL,
    last_seen_at timestamptz NOT NULL,
    missing_since timestamptz,
    PRIMARY KEY (source_id, key)
  )`,
  `CREATE INDEX sighting_call ON sighting (call_id)`,
  `CREATE TABLE call_version (
    call_id uuid NOT NULL,
    version integer NOT NULL,
    seq bigint NOT NULL,
    content jsonb NOT NULL,
    content_hash text NOT NULL,
    changes jsonb NOT NULL,
    seen_at timestamptz NOT NULL,
    run_id uuid NOT NULL,
    PRIMARY KEY (call_id, version)
  )`,
  `CREATE UNIQUE INDEX call_version_seq_key ON call_version (seq)`,
];

const PROFILES = [
  `CREATE TABLE profile (
    id text PRIMARY KEY,
    content jsonb NOT NULL,
    revision integer NOT NULL,
    file_hash text,
    file_conflict jsonb,
    edited_at timestamptz,
    updated_at timestamptz NOT NULL,
    matched_revision integer NOT NULL DEFAULT 0,
    matched_seq bigint NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE match (
    id uuid PRIMARY KEY,
    profile_id text NOT NULL,
    call_id uuid NOT NULL,
    score double precision NOT NULL,
    result jsonb NOT NULL,
    profile_revision integer NOT NULL,
    call_version integer NOT NULL,
    matched_at timestamptz NOT NULL
  )`,
  `CREATE UNIQUE INDEX match_pair ON match (profile_id, call_id)`,
  `CREATE INDEX match_best ON match (profile_id, score)`,
  `CREATE INDEX match_call ON match (call_id)`,
];

const TELLING = [
  `CREATE TABLE recipient (
    profile_id text NOT NULL,
    email text NOT NULL,
    baseline_seq bigint NOT NULL,
    since timestamptz NOT NULL,
    last_slot_at timestamptz NOT NULL,
    token text NOT NULL,
    stopped_at timestamptz,
    PRIMARY KEY (profile_id, email)
  )`,
  `CREATE UNIQUE INDEX recipient_token ON recipient (token)`,
  `CREATE TABLE notification (
    id uuid PRIMARY KEY,
    key text NOT NULL,
    kind text NOT NULL,
    profile_id text NOT NULL,
    email text NOT NULL,
    contact_name text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    unsubscribe_url text NOT NULL,
    message_id text NOT NULL,
    items jsonb NOT NULL,
    more integer NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    error text,
    created_at timestamptz NOT NULL,
    claimed_at timestamptz,
    next_try_at timestamptz,
    sent_at timestamptz,
    sent_where text
  )`,
  `CREATE UNIQUE INDEX notification_key ON notification (key)`,
  `CREATE INDEX notification_waiting ON notification (state) WHERE state IN ('pending', 'sending')`,
  `CREATE TABLE told (
    profile_id text NOT NULL,
    email text NOT NULL,
    call_id uuid NOT NULL,
    seq bigint NOT NULL,
    notification_id uuid NOT NULL,
    PRIMARY KEY (profile_id, email, call_id)
  )`,
];
