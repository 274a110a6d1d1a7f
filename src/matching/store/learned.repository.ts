import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PastVerdict, VerdictReason } from '../domain/verdict.js';
import { liveSql } from '../../calls/store/index.js';

/** Which verdicts say something of the subject: `saysOfSubject` of the domain, in SQL. */
const INFORMATIVE_SQL = `(r.verdict = 'relevant' OR (r.verdict = 'not' AND r.reason = 'topic'))`;
/** Set aside by a person, and not decided on anew since. */
const ASIDE_SQL = `coalesce(r.set_aside_at >= coalesce(r.verdict_at, '-infinity'), false)`;
/** Older verdicts are not looked at where there are more. */
const MOST = 300;

/**
 * Two profiles with the same key learned the same; null where there is nothing. `profile` is the SQL of its
 * id.
 */
export const learnedKeySql = (profile: string): string =>
  `(SELECT md5(string_agg(r.call_id || ' ' || r.verdict, ' ' ORDER BY r.call_id)) FROM review r WHERE r.profile_id = ${profile} AND ${INFORMATIVE_SQL} AND NOT ${ASIDE_SQL})`;

/** A verdict from which something is learned, and what it does today to the calls that are to be had. */
export interface LearnedVerdict extends PastVerdict {
  identifier: string | null;
  reason: VerdictReason | null;
  by: string | null;
  at: Date | null;
  aside: boolean;
  calls: number;
  /** The most that it gives or takes: below 0 where it takes. */
  points: number;
}

/** What is learned from institutes' verdicts for the ranking of other calls. */
@Injectable()
export class LearnedRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * What counts at present, the newest first, with its key; and all calls of whose subject the institute said
   * something.
   */
  async of(
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

  /** All verdicts that say something of the subject, those set aside included, the newest first. */
  async verdicts(profileId: string, now: Date): Promise<LearnedVerdict[]> {
    return this.database.query(
      `WITH effect AS (
         SELECT e->>'field' AS field, count(*)::int AS calls, max(abs((e->>'contribution')::float8)) AS most
           FROM match m JOIN call ON call.id = m.call_id CROSS JOIN LATERAL jsonb_array_elements(m.result->'evidence') e
          WHERE m.profile_id = $1 AND e->>'signal' = 'verdicts' AND ${liveSql('$2::timestamptz')} GROUP BY 1)
       SELECT r.call_id AS "callId", call.content->>'title' AS title, call.content->>'identifier' AS identifier, r.verdict, r.reason, r.verdict_by AS by, r.verdict_at AS at,
              ${ASIDE_SQL} AS aside, coalesce(effect.calls, 0) AS calls, coalesce(CASE r.verdict WHEN 'not' THEN -effect.most ELSE effect.most END, 0) AS points
         FROM review r JOIN call ON call.id = r.call_id LEFT JOIN effect ON effect.field = 'calls.' || r.call_id
        WHERE r.profile_id = $1 AND ${INFORMATIVE_SQL} ORDER BY r.verdict_at DESC NULLS LAST, r.call_id`,
      [profileId, now],
    );
  }

  /**
   * A verdict counts for other calls from now on, or does not. False where there is none that could count.
   */
  async setAside(profileId: string, callId: string, at: Date | null): Promise<boolean> {
    const [rows] = await this.database.query<[unknown[], number]>(
      `UPDATE review r SET set_aside_at = $3 WHERE r.profile_id = $1 AND r.call_id = $2 AND ${INFORMATIVE_SQL} RETURNING r.call_id`,
      [profileId, callId, at],
    );
    return rows.length > 0;
  }
}
