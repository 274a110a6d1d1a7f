import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { MOST_READ, MOST_TIMES } from '../domain/reader/read-call.js';
import { liveSql } from '../../calls/store/index.js';
import { unmatchedSql } from './unmatched-profiles.repository.js';

/** A call that waits to be read, for which institutes, and by what each of these readings will be known. */
export interface WaitingCall {
  callId: string;
  textLength: number;
  pairs: { profileId: string; key: string }[];
}

/** A pair of which no answer held: the built-in ranking decides. */
export interface LeftPair {
  callId: string;
  title: string;
  profileId: string;
  why: string;
  at: Date;
}

/** A call that was given up so often within a day is left alone until the next. */
const MOST_FAILURES = 5;
const OPEN = (now: string): string => liveSql(`${now}::timestamptz`);

/**
 * The pairs to be read that no reading is counted of: of the calls that are still to be had the best of each
 * profile by the built-in ranking, and all that would be told by it. `now` and `least` are the places of
 * values.
 */
const UNREAD = (now: string, least: string, profiles = 'true'): string =>
  `SELECT u.* FROM profile p CROSS JOIN LATERAL (
     (SELECT m.profile_id, m.call_id, m.reading_key FROM match m JOIN call ON call.id = m.call_id WHERE m.profile_id = p.id AND m.built_in < ${least} AND m.reading_key IS NOT NULL
       AND ${OPEN(now)} ORDER BY m.built_in DESC, m.call_id
       LIMIT greatest(0, ${MOST_READ} - (SELECT count(*) FROM match b JOIN call ON call.id = b.call_id WHERE b.profile_id = p.id AND b.built_in >= ${least} AND b.reading_key IS NOT NULL AND ${OPEN(now)})))
     UNION ALL
     SELECT m.profile_id, m.call_id, m.reading_key FROM match m JOIN call ON call.id = m.call_id
      WHERE m.profile_id = p.id AND m.built_in >= ${least} AND m.reading_key IS NOT NULL AND ${OPEN(now)}) u
   JOIN match m USING (profile_id, call_id) WHERE ${profiles} AND NOT m.read`;

/**
 * What is to be asked for: what was neither read nor refused twice. What was is asked for once more a day
 * later, since most of what goes wrong is chance.
 */
const TO_ASK = (now: string): string =>
  `(r.key IS NULL OR (r.grade IS NULL AND (r.times < ${MOST_TIMES} OR (r.times = ${MOST_TIMES} AND r.read_at < ${now}::timestamptz - interval '1 day'))))`;
const WAITING = `LEFT JOIN reading r ON r.key = u.reading_key WHERE ${TO_ASK('$1')}`;

/** What waits to be read, as the matches say. */
@Injectable()
export class UnreadPairRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * The calls to be read, those that failed of late last, then those that wait for most institutes. Those of
   * one call where it is named.
   */
  async waiting(
    { least, now, only }: { least: number; now: Date; only?: string },
    limit: number | null,
  ): Promise<WaitingCall[]> {
    return this.database.query(
      `WITH u AS (${UNREAD('$1', '$2')}), w AS (SELECT u.* FROM u ${WAITING})
       SELECT w.call_id AS "callId", jsonb_agg(jsonb_build_object('profileId', w.profile_id, 'key', w.reading_key) ORDER BY w.profile_id) AS pairs,
              (SELECT coalesce(sum(length(s->>'text')), 0)::int FROM call, jsonb_array_elements(call.content->'sections') s WHERE call.id = w.call_id) AS "textLength"
         FROM w CROSS JOIN LATERAL (SELECT count(*) AS failures, max(f.asked_at) AS failed FROM reader_request f
           WHERE f.call_id = w.call_id AND f.given_up AND f.asked_at > $1::timestamptz - interval '1 day') f
        WHERE f.failures < ${MOST_FAILURES} AND ($3::uuid IS NULL OR w.call_id = $3)
        GROUP BY w.call_id, f.failed ORDER BY f.failed NULLS FIRST, count(*) DESC, w.call_id LIMIT $4`,
      [now, least, only ?? null, limit],
    );
  }

  /**
   * Whether calls are still to be read, or counted, for one of these profiles, all where they are null, that
   * began to wait after `since`.
   */
  async awaited(
    profiles: string[] | null,
    { least, now, since }: { least: number; now: Date; since: Date },
  ): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `WITH u AS (${UNREAD('$1', '$2', 'p.reading_since > $3::timestamptz AND ($4::text[] IS NULL OR p.id = ANY($4))')})
       SELECT 1 FROM u LEFT JOIN reading r ON r.key = u.reading_key WHERE r.grade IS NOT NULL OR ${TO_ASK('$1')} LIMIT 1`,
      [now, least, since, profiles],
    );
    return rows.length > 0;
  }

  /** Whether some profile is still to be matched with calls that are stored. */
  async unmatched(): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `SELECT 1 FROM profile p WHERE ${unmatchedSql('(SELECT coalesce(max(seq), 0) FROM call)')} LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** Pairs that were given up, the last ones first, and how many there are. */
  async left(limit: number): Promise<{ pairs: LeftPair[]; total: number }> {
    const from = `FROM reading r JOIN match m ON m.reading_key = r.key JOIN call ON call.id = m.call_id WHERE r.grade IS NULL AND r.times >= ${MOST_TIMES}`;
    const [pairs, [counted]] = await Promise.all([
      this.database.query<LeftPair[]>(
        `SELECT m.call_id AS "callId", call.summary->>'title' AS title, m.profile_id AS "profileId", r.refused AS why, r.read_at AS at ${from} ORDER BY r.read_at DESC, r.key LIMIT $1`,
        [limit],
      ),
      this.database.query<[{ total: number }]>(`SELECT count(*)::int AS total ${from}`),
    ]);
    return { pairs, total: counted.total };
  }
}

/**
 * Notes since when a profile waits to be read, or that it waits no more. What has waited for an hour is no
 * reason not to wait for what is new.
 */
export async function noteWaiting(
  tx: EntityManager,
  profileId: string,
  { least, now }: { least: number; now: Date },
): Promise<void> {
  await tx.query(
    `WITH u AS (${UNREAD('$1', '$2', 'p.id = $3')})
     UPDATE profile SET reading_since = CASE WHEN NOT EXISTS (SELECT 1 FROM u ${WAITING}) THEN NULL WHEN reading_since > $1::timestamptz - interval '1 hour' THEN reading_since ELSE $1 END WHERE id = $3`,
    [now, least, profileId],
  );
}
