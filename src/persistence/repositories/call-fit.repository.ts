import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CallContent } from '../../domain/call/call-content.js';
import { mayBeShared } from '../../domain/call/page/budget-comparison.js';

/** How well one institute fits a call. */
export interface Fit { profileId: string; name: string; score: number }
/** A call with what it says of its budget. */
export interface Budgeted { id: string; content: Pick<CallContent, 'callIdentifier' | 'language' | 'budget'> }
/** What lists of calls can be narrowed down to, and how many calls there are of it. */
export interface Choice { value: string; count: number }

/** What is counted over calls and matches for those who look for calls. */
@Injectable()
export class CallFitRepository {
  constructor(private readonly database: DataSource) {}

  /** The institutes that fit a call by so much, best first. */
  fits(callId: string, minScore: number, limit: number): Promise<Fit[]> {
    return this.database.query(
      `SELECT m.profile_id AS "profileId", p.content->>'name' AS name, m.score FROM match m JOIN profile p ON p.id = m.profile_id
        WHERE m.call_id = $1 AND m.score >= $2 ORDER BY m.score DESC, m.profile_id LIMIT $3`, [callId, minScore, limit],
    );
  }

  /** Those of these calls whose total is most probably one budget for several topics: another of the same call states the same, and their own projects do not take it. */
  async withSharedTotal(calls: Budgeted[]): Promise<Set<string>> {
    const asked = calls.flatMap(({ id, content: { callIdentifier, language, budget } }) =>
      (budget !== null && callIdentifier !== null && mayBeShared(budget) ? [{ id, call: callIdentifier, language, total: budget.total, currency: budget.currency }] : []));
    if (!asked.length) return new Set();
    const rows: { id: string }[] = await this.database.query(
      `SELECT r.id FROM jsonb_to_recordset($1) AS r(id uuid, call text, language text, total text, currency text) WHERE EXISTS (
         SELECT 1 FROM call s WHERE s.content->>'callIdentifier' = r.call AND s.content->'budget'->>'total' = r.total AND s.id <> r.id
            AND s.content->'budget'->>'currency' = r.currency AND s.content->>'language' = r.language)`, [JSON.stringify(asked)],
    );
    return new Set(rows.map((r) => r.id));
  }

  /** The programmes of stored calls, the largest first. */
  programmes(): Promise<Choice[]> {
    return this.database.query('SELECT programme AS value, count(*)::int AS count FROM call WHERE programme IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1');
  }
}
