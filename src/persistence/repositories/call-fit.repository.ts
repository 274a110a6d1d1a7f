import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** How well one institute fits a call. */
export interface Fit { profileId: string; name: string; score: number }
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

  /** The programmes of stored calls, the largest first. */
  programmes(): Promise<Choice[]> {
    return this.database.query('SELECT programme AS value, count(*)::int AS count FROM call WHERE programme IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1');
  }
}
