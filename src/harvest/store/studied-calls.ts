import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContent } from '../../calls/domain/call-content.js';
import { MOST_TOPICS } from '../domain/settings.js';
import { liveSql } from '../../calls/store/call-filter.js';

/** SQL: whether an opportunity is a bid in progress. */
export const inProgressSql = (opportunity: string): string =>
  `${opportunity}.stage NOT IN ('funded', 'rejected', 'withdrawn', 'no-go')`;

/**
 * SQL: whether some institute, or one of these, studies a call or works on a bid for it. `profiles` is SQL
 * for a list of their ids.
 */
export const studiedSql = (callId: string, profiles?: string): string => {
  const by = (table: string): string => (profiles ? `AND ${table}.profile_id = ANY(${profiles})` : '');
  return `(EXISTS (SELECT FROM review r WHERE r.call_id = ${callId} AND r.verdict IN ('relevant', 'study') ${by('r')})
    OR EXISTS (SELECT FROM opportunity o WHERE o.call_id = ${callId} AND ${inProgressSql('o')} ${by('o')}))`;
};

/** SQL: whether an institute found that a call is not for it, and works on no bid for it either. */
export const refusedSql = (callId: string, profileId: string): string =>
  `(EXISTS (SELECT FROM review r WHERE r.call_id = ${callId} AND r.profile_id = ${profileId} AND r.verdict = 'not')
    AND NOT ${studiedSql(callId, `ARRAY[${profileId}]`)})`;

/** The calls that institutes look at. */
@Injectable()
export class StudiedCalls {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns these topics, and those of open calls that some institute studies, the ones that close first
   * first.
   */
  async topics(besides: readonly string[], now: Date): Promise<string[]> {
    const rows: { topic: string }[] = await this.database.query(
      `SELECT topic, min(first) AS first FROM (
         SELECT topic, 0 AS first FROM unnest($1::text[]) AS topic
         UNION ALL SELECT c.summary->>'identifier', row_number() OVER (ORDER BY c.last_deadline_at, c.id) FROM call c
            WHERE c.content->>'kind' = 'grant' AND c.summary->>'identifier' IS NOT NULL AND c.withdrawn_at IS NULL
              AND (c.last_deadline_at IS NULL OR c.last_deadline_at > $2) AND ${studiedSql('c.id')}) all_topics
        GROUP BY topic ORDER BY first, topic LIMIT ${MOST_TOPICS}`,
      [besides, now],
    );
    return rows.map(({ topic }) => topic);
  }

  /** Returns open calls that an institute studies, and then those that fit one well enough, best first. */
  orFitting(minScore: number, now: Date, limit: number): Promise<{ id: string; content: CallContent }[]> {
    return this.database.query(
      `SELECT call.id, call.content FROM call
         LEFT JOIN LATERAL (SELECT max(m.score) AS score FROM match m WHERE m.call_id = call.id) fit ON true
        WHERE ${liveSql('$2')} AND NOT call.bottom_up AND (${studiedSql('call.id')} OR fit.score >= $1)
        ORDER BY ${studiedSql('call.id')} DESC, fit.score DESC NULLS LAST, call.id LIMIT $3`,
      [minScore, now, limit],
    );
  }
}
