import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { MOST_READ, MOST_TIMES } from '../domain/reader/read-call.js';
import { liveSql } from '../../calls/store/call-filter.js';
import { unmatchedSql } from '../../profiles/store/profile.repository.js';
import type { WrittenSummary } from '../../calls/domain/summary.js';
import { SUMMARY_VERSION } from '../domain/reader/prompt.js';

/** A call waiting to be read, with its institutes and the key of each reading. */
export interface WaitingCall {
  callId: string;
  textLength: number;
  pairs: { profileId: string; key: string }[];
}

/** A pair without an accepted answer: the built-in ranking decides. */
interface LeftPair {
  callId: string;
  title: string;
  profileId: string;
  why: string;
  at: Date;
}

/** A call given up this often within a day is skipped until the next. */
const MOST_FAILURES = 5;

/** SQL for when the requests about a call last failed for good within a day, unless they did too often. */
const FEW_FAILURES = (call: string, now: string): string =>
  `SELECT max(f.asked_at) AS failed FROM reader_request f WHERE f.call_id = ${call} AND f.given_up
     AND f.asked_at > ${now}::timestamptz - interval '1 day' HAVING count(*) < ${MOST_FAILURES}`;
const TEXT_LENGTH = (call: string): string =>
  `SELECT coalesce(sum(length(s->>'text')), 0)::int FROM call said, jsonb_array_elements(said.content->'sections') s WHERE said.id = ${call}`;

const OPEN = (now: string): string => liveSql(`${now}::timestamptz`);

/**
 * SQL for the pairs to read that count no reading yet: for each profile, its best open or forthcoming calls
 * by the built-in ranking, and all that it would report. `now` and `least` are placeholders.
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
 * SQL: whether to request a reading: neither read nor refused twice. After two refusals it is requested once
 * more a day later, since most failures are random.
 */
const TO_ASK = (now: string): string =>
  `(r.key IS NULL OR (r.grade IS NULL AND (r.times < ${MOST_TIMES} OR (r.times = ${MOST_TIMES} AND r.read_at < ${now}::timestamptz - interval '1 day'))))`;
const WAITING = `LEFT JOIN reading r ON r.key = u.reading_key WHERE ${TO_ASK('$1')}`;

/** The pairs waiting to be read, according to the matches. */
@Injectable()
export class UnreadPairRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns the calls to read: recently failed ones last, otherwise those with the most institutes first.
   * Restricted to the call `only`, if given.
   */
  async waiting(
    { least, now, only }: { least: number; now: Date; only?: string },
    limit: number | null,
  ): Promise<WaitingCall[]> {
    return this.database.query(
      `WITH u AS (${UNREAD('$1', '$2')}), w AS (SELECT u.* FROM u ${WAITING})
       SELECT w.call_id AS "callId", jsonb_agg(jsonb_build_object('profileId', w.profile_id, 'key', w.reading_key) ORDER BY w.profile_id) AS pairs,
              (${TEXT_LENGTH('w.call_id')}) AS "textLength"
         FROM w CROSS JOIN LATERAL (${FEW_FAILURES('w.call_id', '$1')}) f
        WHERE $3::uuid IS NULL OR w.call_id = $3
        GROUP BY w.call_id, f.failed ORDER BY f.failed NULLS FIRST, count(*) DESC, w.call_id LIMIT $4`,
      [now, least, only ?? null, limit],
    );
  }

  /**
   * Whether any of these profiles (all if null) still has calls to be read or counted and began to wait after
   * `since`.
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

  /** Whether any profile still has to be matched with stored calls. */
  async unmatched(): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `SELECT 1 FROM profile p WHERE ${unmatchedSql('(SELECT coalesce(max(seq), 0) FROM call)')} LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** Returns the pairs that were given up, latest first, and their total. */
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
 * Records since when a profile has been waiting for readings, or that it no longer is. After an hour the time
 * restarts, so that an old backlog does not prevent waiting for new calls.
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

/** A call whose current text has no summary yet. */
interface Unwritten {
  callId: string;
  textLength: number;
}

/**
 * SQL: whether to ask the model `$2` for a summary: there is none, or one of another model or prompt and it
 * writes those anew (`$4`), or its own was refused. As for readings, after two refusals it is asked once more
 * a day later.
 */
const TO_WRITE = `(call.written IS NULL OR CASE WHEN call.written->>'model' <> $2 OR (call.written->>'prompt')::int <> ${SUMMARY_VERSION} THEN $4
  ELSE call.written->>'refused' IS NOT NULL AND ((call.written->>'times')::int < ${MOST_TIMES}
    OR ((call.written->>'times')::int = ${MOST_TIMES} AND (call.written->>'at')::timestamptz < $1::timestamptz - interval '1 day')) END)`;

/** Summaries of calls: which are to be written, and what was. */
@Injectable()
export class UnwrittenSummaryRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns the live calls that have a text and no summary of it, the latest first and recently failed ones
   * last. `anew`: also those with a summary of another model or prompt.
   */
  waiting(which: { model: string; anew: boolean; now: Date; only?: string }): Promise<Unwritten[]> {
    const { model, anew, now, only } = which;
    return this.database.query(
      `SELECT call.id AS "callId", t.length AS "textLength" FROM call
         CROSS JOIN LATERAL (${TEXT_LENGTH('call.id')}) t(length) CROSS JOIN LATERAL (${FEW_FAILURES('call.id', '$1')}) f
        WHERE ${TO_WRITE} AND ${liveSql('$1::timestamptz')} AND ($3::uuid IS NULL OR call.id = $3) AND t.length > 0
        ORDER BY f.failed NULLS FIRST, call.first_seq DESC, call.id`,
      [now, model, only ?? null, anew],
    );
  }

  /** Stores an answer, unless the call has another version by now. */
  async store(
    call: { id: string; version: number; written: WrittenSummary | null },
    model: string,
    answer: Pick<WrittenSummary, 'sentences' | 'binding'> | { refused: string },
    now: Date,
  ): Promise<void> {
    const { written } = call;
    const again = written?.model === model && written.prompt === SUMMARY_VERSION;
    const summary: WrittenSummary = {
      model,
      prompt: SUMMARY_VERSION,
      times: again ? written.times + 1 : 1,
      at: now.toISOString(),
      refused: null,
      sentences: written?.sentences ?? [],
      binding: written?.binding ?? [],
      ...answer,
    };
    await this.database.query('UPDATE call SET written = $3 WHERE id = $1 AND version = $2', [
      call.id,
      call.version,
      JSON.stringify(summary),
    ]);
  }

  /** Returns the number of live calls whose summary was given up. */
  async left(model: string, now: Date): Promise<number> {
    const [row] = await this.database.query<[{ total: number }]>(
      `SELECT count(*)::int AS total FROM call WHERE ${liveSql('$1::timestamptz')} AND written->>'model' = $2
          AND (written->>'prompt')::int = ${SUMMARY_VERSION} AND written->>'refused' IS NOT NULL AND (written->>'times')::int >= ${MOST_TIMES}`,
      [now, model],
    );
    return row.total;
  }
}
