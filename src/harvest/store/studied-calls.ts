import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContent } from '../../calls/domain/call-content.js';
import { MOST_TOPICS } from '../domain/settings.js';
import { liveSql } from '../../calls/store/call-filter.js';
import { studiedSql } from '../../calls/store/institute-calls.js';

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
