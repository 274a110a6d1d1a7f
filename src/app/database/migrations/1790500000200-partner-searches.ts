import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Partner searches that organisations publish for topics, and how their reading does. */
export class PartnerSearches1790500000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE partner_search (
         source_id text NOT NULL, id text NOT NULL, topic text NOT NULL, wants text NOT NULL, country_code text, country_iso text, country_name text, organisation_type text,
         organisation_type_name text, summary text, published_at timestamptz, first_seen_at timestamptz NOT NULL, gone_at timestamptz, PRIMARY KEY (source_id, id, topic))`,
    );
    await runner.query('CREATE INDEX partner_search_topic ON partner_search (topic)');
    await runner.query(
      `CREATE TABLE partner_reading (
         source_id text PRIMARY KEY, state text NOT NULL DEFAULT 'new', reason text, claim uuid, started_at timestamptz, ended_at timestamptz, last_good_at timestamptz,
         due_at timestamptz NOT NULL, refused integer, unread integer NOT NULL DEFAULT 0, unread_why text)`,
    );
  }

  /** Migrations go forward only: a mistake is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
