import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PastVerdict, VerdictReason } from '../domain/verdict.js';
import { liveSql } from '../../calls/store/call-filter.js';

/** Verdicts that are about the subject: the domain's `saysOfSubject`, in SQL. */
const INFORMATIVE_SQL = `(r.verdict = 'relevant' OR (r.verdict = 'not' AND r.reason = 'topic'))`;
/** Set aside by a person, and not decided again since. */
const ASIDE_SQL = `coalesce(r.set_aside_at >= coalesce(r.verdict_at, '-infinity'), false)`;
/** Only this many of the latest verdicts are used. */
const MOST = 300;

/**
 * SQL for a key that is equal for profiles that learned the same; null if nothing was. `profile`: SQL of the
 * profile's id.
 */
export const learnedKeySql = (profile: string): string =>
  `(SELECT md5(string_agg(r.call_id || ' ' || r.verdict, ' ' ORDER BY r.call_id)) FROM review r WHERE r.profile_id = ${profile} AND ${INFORMATIVE_SQL} AND NOT ${ASIDE_SQL})`;

/** A verdict that something is learned from, with its current effect on open and forthcoming calls. */
export interface LearnedVerdict extends PastVerdict {
  identifier: string | null;
  reason: VerdictReason | null;
  by: string | null;
  at: Date | null;
  aside: boolean;
  calls: number;
  /** The most it adds, or takes if below 0. */
  points: number;
}

/** What is learned from institutes' verdicts for the ranking of other calls. */
@Injectable()
export class LearnedRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns the verdicts that currently count, newest first, with their key; and all calls with a verdict
   * about the subject.
   */
  async findByProfile(
    profileId: string,
  ): Promise<{ pastVerdicts: PastVerdict[]; key: string | null; decided: Set<string> }> {
    const [pastVerdicts, decided, [row]] = await Promise.all([
      this.database.query<PastVerdict[]>(
        `SELECT r.call_id AS "callId", call.content->>'title' AS title, r.verdict FROM review r JOIN call ON call.id = r.call_id
          WHERE r.profile_id = $1 AND ${INFORMATIVE_SQL} AND NOT ${ASIDE_SQL} ORDER BY r.verdict_at DESC NULLS LAST, r.call_id LIMIT ${MOST}`,
        [profileId],
      ),
      this.database.query<{ id: string }[]>(
        `SELECT r.call_id AS id FROM review r WHERE r.profile_id = $1 AND ${INFORMATIVE_SQL}`,
        [profileId],
      ),
      this.database.query<[{ key: string | null }]>(`SELECT ${learnedKeySql('$1')} AS key`, [profileId]),
    ]);
    return { pastVerdicts, key: row.key, decided: new Set(decided.map((d) => d.id)) };
  }

  /** Returns all verdicts about the subject, including those set aside, newest first. */
  async verdicts(profileId: string, now: Date): Promise<LearnedVerdict[]> {
    return this.database.query(
      `WITH effect AS (
         SELECT e->>'field' AS field, count(*)::int AS calls, max(abs((e->>'contribution')::float8)) AS most
           FROM own_match m JOIN call ON call.id = m.call_id CROSS JOIN LATERAL jsonb_array_elements(m.result->'evidence') e
          WHERE m.profile_id = $1 AND e->>'signal' = 'verdicts' AND ${liveSql('$2::timestamptz')} GROUP BY 1)
       SELECT r.call_id AS "callId", call.content->>'title' AS title, call.content->>'identifier' AS identifier, r.verdict, r.reason, r.verdict_by AS by, r.verdict_at AS at,
              ${ASIDE_SQL} AS aside, coalesce(effect.calls, 0) AS calls, coalesce(CASE r.verdict WHEN 'not' THEN -effect.most ELSE effect.most END, 0) AS points
         FROM review r JOIN call ON call.id = r.call_id LEFT JOIN effect ON effect.field = 'calls.' || r.call_id
        WHERE r.profile_id = $1 AND ${INFORMATIVE_SQL} ORDER BY r.verdict_at DESC NULLS LAST, r.call_id`,
      [profileId, now],
    );
  }

  /** Sets whether a verdict counts for other calls. Returns false if there is none that could count. */
  async setAside(profileId: string, callId: string, at: Date | null): Promise<boolean> {
    const [rows] = await this.database.query<[unknown[], number]>(
      `UPDATE review r SET set_aside_at = $3 WHERE r.profile_id = $1 AND r.call_id = $2 AND ${INFORMATIVE_SQL} RETURNING r.call_id`,
      [profileId, callId, at],
    );
    return rows.length > 0;
  }
}
