import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PastVersion } from '../domain/events/past-calls.js';
import type { Verdict } from '../../matching/domain/verdict.js';
import { OVER } from '../../pipeline/domain/stage.js';
import { bottomUpSql } from '../../calls/store/call-filter.js';

/** The history of calls, as far as it decides what is announced. */
@Injectable()
export class PastCallRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns when the first call was stored; null if there is none. */
  async firstSeen(): Promise<Date | null> {
    const rows: { at: Date | null }[] = await this.database.query(
      'SELECT min(seen_at) AS at FROM call_version',
    );
    return rows[0]!.at;
  }

  /** Returns all versions of these calls. */
  async versions(callIds: string[]): Promise<PastVersion[]> {
    const rows: (Omit<PastVersion, 'seq'> & { seq: string })[] = await this.database.query(
      `SELECT v.call_id AS "callId", v.version, v.seq, v.seen_at AS at, v.changes, said.*
         FROM call_version v CROSS JOIN LATERAL jsonb_to_record(v.content) AS said("deadlines" jsonb, "opensAt" text, "sourceStatus" text, kind text, "callIdentifier" text)
        WHERE v.call_id = ANY($1)`,
      [callIds],
    );
    return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
  }

  /** Returns those calls that are open to all subjects. */
  async bottomUp(callIds: string[]): Promise<Set<string>> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT call.id FROM call WHERE call.id = ANY($1) AND ${bottomUpSql()}`,
      [callIds],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** Returns an institute's verdicts on calls, and when they were given. */
  async verdicts(profileId: string): Promise<Map<string, { verdict: Verdict; at: Date }>> {
    const rows: { callId: string; verdict: Verdict; at: Date }[] = await this.database.query(
      'SELECT call_id AS "callId", verdict, verdict_at AS at FROM review WHERE profile_id = $1 AND verdict IS NOT NULL AND verdict_at IS NOT NULL',
      [profileId],
    );
    return new Map(rows.map(({ callId, ...said }) => [callId, said]));
  }

  /** Returns from when an institute has worked on bids, by call, and until when if they are over. */
  async bids(profileId: string): Promise<Map<string, { from: Date; until: Date | null }>> {
    const rows: { callId: string; from: Date; until: Date | null }[] = await this.database.query(
      `SELECT call_id AS "callId", created_at AS "from", CASE WHEN stage = ANY($2) THEN stage_at END AS until FROM opportunity WHERE profile_id = $1`,
      [profileId, OVER],
    );
    return new Map(rows.map(({ callId, ...bid }) => [callId, bid]));
  }
}
