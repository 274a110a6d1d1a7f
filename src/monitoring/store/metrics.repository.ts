import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UNSENT, UNSENT_MAIL } from '../../outbox/store/sending.js';
import type { Reading } from '../../platform/metrics/metrics.js';
import { SOURCE_NAMES } from '../../platform/tokens.js';

/** Figures about the installation from the database. */
export type StoredFigure =
  | 'carnot_harvest_runs_last_day'
  | 'carnot_source_last_success_timestamp_seconds'
  | 'carnot_source_state'
  | 'carnot_calls'
  | 'carnot_matches'
  | 'carnot_profiles'
  | 'carnot_profiles_unmatched'
  | 'carnot_messages'
  | 'carnot_messages_oldest_waiting_timestamp_seconds'
  | 'carnot_messages_given_up'
  | 'carnot_transactional_mails'
  | 'carnot_sending_held'
  | 'carnot_database_bytes'
  | 'carnot_backup_last_success_timestamp_seconds'
  | 'carnot_backup_expected_since_timestamp_seconds'
  | 'carnot_backup_last_trial_timestamp_seconds'
  | 'carnot_backup_trial_failed'
  | 'carnot_backup_bytes';

/** Each returns rows of `value` and labels. */
const STATEMENTS: Record<StoredFigure, string> = {
  carnot_harvest_runs_last_day: `SELECT source_id AS source, kind, state AS outcome, count(*) AS value FROM harvest_run WHERE started_at > now() - interval '1 day' GROUP BY 1, 2, 3`,
  carnot_source_last_success_timestamp_seconds: `SELECT id AS source, extract(epoch FROM last_good_run_at) AS value FROM source WHERE last_good_run_at IS NOT NULL`,
  carnot_source_state: `SELECT id AS source, state, 1 AS value FROM source`,
  carnot_calls: `SELECT CASE WHEN withdrawn_at IS NULL THEN 'present' ELSE 'withdrawn' END AS state, count(*) AS value FROM call GROUP BY 1`,
  // An estimate where there are many; the server has none before it has looked at the table.
  carnot_matches: `SELECT CASE WHEN reltuples > 0 THEN reltuples ELSE (SELECT count(*) FROM match) END AS value FROM pg_class WHERE oid = 'match'::regclass`,
  carnot_profiles: `SELECT count(*) AS value FROM profile`,
  carnot_profiles_unmatched: `SELECT count(*) AS value FROM profile WHERE matched_revision < revision OR matched_seq < (SELECT coalesce(max(seq), 0) FROM call)`,
  carnot_messages: `SELECT channel, state, count(*) AS value FROM notification GROUP BY 1, 2`,
  carnot_messages_oldest_waiting_timestamp_seconds: `SELECT extract(epoch FROM min(created_at)) AS value FROM notification WHERE state IN ('pending', 'sending') HAVING count(*) > 0`,
  carnot_messages_given_up: `SELECT channel, count(*) AS value FROM
    (SELECT channel FROM notification m WHERE ${UNSENT} UNION ALL SELECT 'email' FROM transactional_mail m WHERE ${UNSENT_MAIL}) AS unsent GROUP BY 1`,
  carnot_transactional_mails: `SELECT kind, state, count(*) AS value FROM transactional_mail GROUP BY 1, 2`,
  carnot_sending_held: `SELECT count(*) AS value FROM setting WHERE key = 'sending-held'`,
  carnot_backup_last_success_timestamp_seconds: `SELECT extract(epoch FROM (value #>> '{last,at}')::timestamptz) AS value FROM setting WHERE key = 'backup' AND value ? 'last'`,
  carnot_backup_expected_since_timestamp_seconds: `SELECT extract(epoch FROM (value #>> '{since}')::timestamptz) AS value FROM setting WHERE key = 'backup'`,
  carnot_backup_last_trial_timestamp_seconds: `SELECT extract(epoch FROM (value #>> '{trial,at}')::timestamptz) AS value FROM setting WHERE key = 'backup' AND value ? 'trial'`,
  carnot_backup_trial_failed: `SELECT (value #>> '{trial,trouble}' IS NOT NULL)::int AS value FROM setting WHERE key = 'backup' AND value ? 'trial'`,
  carnot_backup_bytes: `SELECT (value #>> '{last,bytes}')::float8 AS value FROM setting WHERE key = 'backup' AND value ? 'last'`,
  carnot_database_bytes: `SELECT pg_database_size(current_database()) AS value`,
};

@Injectable()
export class MetricsRepository {
  constructor(
    private readonly database: DataSource,
    @Inject(SOURCE_NAMES) private readonly sources: ReadonlyMap<string, unknown>,
  ) {}

  async figures(): Promise<Record<StoredFigure, Reading[]>> {
    const found: [string, Reading[]][] = [];
    for (const [name, statement] of Object.entries(STATEMENTS)) {
      const rows: Record<string, string>[] = await this.database.query(statement);
      // One that is switched off grows old, and is no trouble.
      const watched = rows.filter(({ source }) => source === undefined || this.sources.has(source));
      found.push([name, watched.map(({ value, ...labels }) => ({ labels, value: Number(value) }))]);
    }
    return Object.fromEntries(found) as Record<StoredFigure, Reading[]>;
  }

  /** Returns this process's database connections by state. */
  pool(): { total: number; idle: number; waiting: number } {
    const { master } = this.database.driver as unknown as {
      master: { totalCount: number; idleCount: number; waitingCount: number };
    };
    return { total: master.totalCount, idle: master.idleCount, waiting: master.waitingCount };
  }
}
