import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who reads and decides: people, how they come in, what they say of calls, whom they ask, and the mails that
 * carry it.
 */
export class People1790200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ACCESS, ...REVIEW, ...RESEARCHERS, ...PROFILES, ...LETTERS, ...CALLS])
      await runner.query(statement);
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

const ACCESS = [
  `CREATE TABLE person (
     id uuid PRIMARY KEY, email text NOT NULL, name text NOT NULL, language text NOT NULL, role text NOT NULL,
     profile_id text, created_at timestamptz NOT NULL, invited_by text, last_seen_at timestamptz, removed_at timestamptz)`,
  `CREATE UNIQUE INDEX person_email ON person (email)`,
  `CREATE INDEX person_profile ON person (profile_id)`,
  // Links, sessions, keys and secret addresses are kept as hashes alone: who reads the database cannot come
  // in with it.
  `CREATE TABLE sign_in_link (
     token_hash text PRIMARY KEY, person_id uuid NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz,
     next text)`,
  `CREATE INDEX sign_in_link_person ON sign_in_link (person_id)`,
  `CREATE TABLE session (
     id uuid PRIMARY KEY, token_hash text NOT NULL, person_id uuid NOT NULL, user_agent text, created_at timestamptz NOT NULL,
     expires_at timestamptz NOT NULL, last_seen_at timestamptz NOT NULL, revoked_at timestamptz)`,
  `CREATE UNIQUE INDEX session_token ON session (token_hash)`,
  `CREATE INDEX session_person ON session (person_id)`,
  `CREATE TABLE api_key (
     id uuid PRIMARY KEY, token_hash text NOT NULL, hint text NOT NULL, name text NOT NULL, person_id uuid, profile_id text,
     scope text NOT NULL, created_by text NOT NULL, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, last_used_at timestamptz, revoked_at timestamptz)`,
  `CREATE UNIQUE INDEX api_key_token ON api_key (token_hash)`,
  `CREATE INDEX api_key_profile ON api_key (profile_id)`,
  `CREATE TABLE feed (
     id uuid PRIMARY KEY, token_hash text NOT NULL, hint text NOT NULL, name text NOT NULL, profile_id text NOT NULL, person_id uuid,
     query text NOT NULL, language text NOT NULL, created_at timestamptz NOT NULL, last_read_at timestamptz, revoked_at timestamptz)`,
  `CREATE UNIQUE INDEX feed_token ON feed (token_hash)`,
  `CREATE INDEX feed_profile ON feed (profile_id)`,
];

const REVIEW = [
  // One row for what an institute did with a call: when somebody there saw it, what was decided, and what had
  // been before.
  `CREATE TABLE review (
     profile_id text NOT NULL, call_id uuid NOT NULL, seen_version integer, seen_at timestamptz,
     verdict text, reason text, verdict_by text, verdict_at timestamptz, verdict_version integer, previous jsonb, PRIMARY KEY (profile_id, call_id))`,
  `CREATE INDEX review_call ON review (call_id)`,
  `CREATE TABLE note (
     id uuid PRIMARY KEY, profile_id text NOT NULL, call_id uuid NOT NULL, author text NOT NULL, person_id uuid,
     text text NOT NULL, created_at timestamptz NOT NULL)`,
  `CREATE INDEX note_call ON note (profile_id, call_id)`,
  `CREATE TABLE saved_search (
     id uuid PRIMARY KEY, profile_id text NOT NULL, person_id uuid NOT NULL, name text NOT NULL, page text NOT NULL, query text NOT NULL,
     created_at timestamptz NOT NULL)`,
  `CREATE INDEX saved_search_person ON saved_search (person_id, profile_id)`,
];

const RESEARCHERS = [
  `CREATE TABLE researcher (
     id uuid PRIMARY KEY, profile_id text NOT NULL, name text NOT NULL, email text NOT NULL, language text NOT NULL, competences text[] NOT NULL,
     created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL)`,
  `CREATE UNIQUE INDEX researcher_email ON researcher (profile_id, email)`,
  // Name and address are as they were when the message left: the person may be taken off the list since.
  `CREATE TABLE proposal (
     id uuid PRIMARY KEY, profile_id text NOT NULL, call_id uuid NOT NULL, researcher_id uuid,
     name text NOT NULL, email text NOT NULL, language text NOT NULL, subject text NOT NULL, text text NOT NULL, token_hash text NOT NULL, asked_by text NOT NULL,
     person_id uuid, created_at timestamptz NOT NULL, letter_id uuid NOT NULL, answer text, word text, other text, answered_at timestamptz,
     answer_letter_id uuid)`,
  `CREATE UNIQUE INDEX proposal_token ON proposal (token_hash)`,
  `CREATE INDEX proposal_call ON proposal (profile_id, call_id)`,
  `CREATE INDEX proposal_researcher ON proposal (researcher_id)`,
];

const PROFILES = [
  `CREATE TABLE profile_version (
     profile_id text NOT NULL, number integer NOT NULL, content jsonb NOT NULL, origin text NOT NULL, by text, saved_at timestamptz NOT NULL,
     PRIMARY KEY (profile_id, number))`,
  `INSERT INTO profile_version SELECT id, 1, content, CASE WHEN edited_at IS NULL THEN 'file' ELSE 'edit' END, NULL, updated_at FROM profile`,
];

const LETTERS = [
  // Mails of one occasion each: a link to sign in, an invitation, a call proposed to a researcher.
  `CREATE TABLE letter (
     id uuid PRIMARY KEY, kind text NOT NULL, profile_id text, to_name text, to_address text NOT NULL, reply_to text, subject text NOT NULL, text text NOT NULL,
     html text NOT NULL, message_id text NOT NULL, expires_at timestamptz, state text NOT NULL, attempts integer NOT NULL DEFAULT 0, error text, created_at timestamptz NOT NULL,
     claimed_at timestamptz, next_try_at timestamptz, sent_at timestamptz, sent_where text)`,
  `CREATE INDEX letter_waiting ON letter (state) WHERE state IN ('pending', 'sending')`,
];

const CALLS = [
  // How many there are of each, at each look at the list.
  `CREATE INDEX call_programme ON call (programme)`,
  // The topics of one call, and those of them that state the same total.
  `CREATE INDEX call_sisters ON call ((content->>'callIdentifier'), (content->'budget'->>'total'))`,
  // What a line of a sheet may name a call by, as `SheetImportRepository` compares it; by hash, since a title
  // may be too long for a tree.
  `CREATE INDEX call_identifier ON call USING hash (upper(content->>'identifier'))`,
  `CREATE INDEX call_url ON call USING hash ((content->>'url'))`,
  `CREATE INDEX call_title ON call USING hash (trim(regexp_replace(lower(content->>'title'), '[^[:alnum:]]+', ' ', 'g')))`,
];
