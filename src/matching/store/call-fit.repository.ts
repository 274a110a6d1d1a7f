import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContent } from '../../calls/domain/call-content.js';
import { callOfTopic } from '../../calls/domain/related-calls.js';
import { type StatedTotal, whoseTotal } from '../../calls/domain/page/budget-comparison.js';

export interface Fit {
  profileId: string;
  name: string;
  score: number;
}
export interface Budgeted {
  id: string;
  content: Pick<CallContent, 'kind' | 'callIdentifier' | 'identifier' | 'language' | 'budget'>;
}
/** A filter value for lists of calls, with its number of calls. */
export interface Choice {
  value: string;
  count: number;
}

/** Figures on calls and matches for users who look for calls. */
@Injectable()
export class CallFitRepository {
  constructor(private readonly database: DataSource) {}

  /** Returns the institutes that fit a call with at least this score, best first. */
  fits(callId: string, minScore: number, limit: number): Promise<Fit[]> {
    return this.database.query(
      `SELECT m.profile_id AS "profileId", p.content->>'name' AS name, m.score FROM match m JOIN profile p ON p.id = m.profile_id
        WHERE m.call_id = $1 AND m.score >= $2 ORDER BY m.score DESC, m.profile_id LIMIT $3`,
      [callId, minScore, limit],
    );
  }

  /**
   * Returns who the totals stated by these calls belong to, for those that are topics of a call: another
   * topic of the same call may state the same total.
   */
  async statedTotals(calls: Budgeted[]): Promise<Map<string, StatedTotal>> {
    const topics = calls.flatMap(({ id, content }) => {
      const call = callOfTopic(content);
      return call === null ? [] : [{ id, call, content }];
    });
    const asked = topics.flatMap(({ id, call, content: { identifier, language, budget } }) =>
      budget?.total
        ? [{ id, call, topic: identifier, language, total: budget.total, currency: budget.currency }]
        : [],
    );
    if (!asked.length) return new Map();
    const rows: { id: string; alike: CallContent['budget'][] }[] = await this.database.query(
      // One index lookup per call: a join would read the contents of all calls.
      `SELECT r.id, alike.budgets AS alike FROM jsonb_to_recordset($1) AS r(id uuid, call text, topic text, language text, total text, currency text)
        CROSS JOIN LATERAL (SELECT jsonb_agg(s.summary->'budget') AS budgets FROM call s
          WHERE s.summary->>'callIdentifier' = r.call AND s.summary->'budget'->>'total' = r.total AND s.id <> r.id AND s.summary->>'identifier' IS DISTINCT FROM r.topic
            AND s.summary->'budget'->>'currency' = r.currency AND s.summary->>'language' = r.language AND s.summary->>'kind' <> 'cascade') alike
        WHERE alike.budgets IS NOT NULL`,
      [JSON.stringify(asked)],
    );
    const alike = new Map(rows.map((r) => [r.id, r.alike]));
    return new Map(topics.map(({ id, content }) => [id, whoseTotal(content.budget, alike.get(id) ?? [])]));
  }

  /** Returns the programmes of stored calls, largest first. */
  programmes(): Promise<Choice[]> {
    return this.database.query(
      'SELECT programme AS value, count(*)::int AS count FROM call WHERE programme IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1',
    );
  }
}
