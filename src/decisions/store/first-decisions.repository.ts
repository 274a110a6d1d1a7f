import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bottomUpSql, liveSql } from '../../calls/store/call-filter.js';
import { rolesWith } from '../../kernel/actor.js';
import { ASKED_FROM, type AskedCall } from '../domain/first-decisions.js';

/** What an institute has decided on so far, and when whoever decides for it was last here. */
export interface Beginning {
  decisions: number;
  lastDecidedAt: Date | null;
  lastSeenAt: Date | null;
}

/** What the first decisions of an institute are chosen from. */
@Injectable()
export class FirstDecisionsRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns live calls that fit somewhat, with and without a verdict, and whether there is one. */
  async candidates(profileId: string, now: Date): Promise<(AskedCall & { decided: boolean })[]> {
    return this.database.query(
      `SELECT m.call_id AS "callId", call.summary->>'title' AS title, call.summary->>'kind' AS kind, m.built_in AS score, m.result->'evidence' AS evidence, r.verdict IS NOT NULL AS decided
         FROM match m JOIN call ON call.id = m.call_id LEFT JOIN review r ON r.profile_id = m.profile_id AND r.call_id = m.call_id
        WHERE m.profile_id = $1 AND m.built_in >= ${ASKED_FROM} AND NOT ${bottomUpSql()} AND ${liveSql('$2::timestamptz')}`,
      [profileId, now],
    );
  }

  async beginning(profileId: string): Promise<Beginning> {
    const rows: [Beginning] = await this.database.query(
      `SELECT (SELECT count(*)::int FROM review WHERE profile_id = $1 AND verdict IS NOT NULL) AS decisions,
              (SELECT max(verdict_at) FROM review WHERE profile_id = $1 AND verdict IS NOT NULL) AS "lastDecidedAt",
              (SELECT max(last_seen_at) FROM person WHERE profile_id = $1 AND removed_at IS NULL AND role = ANY($2)) AS "lastSeenAt"`,
      [profileId, rolesWith('decision.write')],
    );
    return rows[0];
  }
}
