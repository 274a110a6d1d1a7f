import { Column, DataSource, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { CallEntity } from '../../calls/store/call.entity.js';
import { ProfileEntity } from '../../profiles/store/profile.entity.js';
import { type MonthOfRecall, NEAR, SAMPLED, type Stratum } from '../domain/recall.js';
import { bottomUpSql, liveSql } from '../../calls/store/call-filter.js';
import { RECALL_LOCK } from '../../platform/database/locks.js';
import { reachesThreshold, matchesSeenBy, SEEN_MATCHES } from '../../platform/database/row-scope.js';
import { announcedSql, wasAnnouncedSql } from './inbox-where.js';

/**
 * A call that was not sent to an institute, and that it is asked about in a month. Its answer is its verdict
 * on the call.
 */
@Entity('recall_sample')
@Index('recall_sample_call', ['callId'])
export class RecallSampleEntity {
  @ForeignKey(() => ProfileEntity, 'id', { name: 'recall_sample_profile_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'profile_id' })
  profileId: string;
  @ForeignKey(() => CallEntity, 'id', { name: 'recall_sample_call_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('uuid', { name: 'call_id' })
  callId: string;
  /** In Brussels, as 2026-06. */
  @Column('text') month: string;
  @Column('text') stratum: Stratum;
  /** The number of unsent calls in this stratum when it was drawn. */
  @Column('integer', { name: 'stratum_size' }) stratumSize: number;
  @Column('timestamptz', { name: 'drawn_at' }) drawnAt: Date;
}

/** Whose sample, of which month (as 2026-06), and the minimum score of calls that are sent. */
interface Drawing {
  profileId: string;
  month: string;
  minScore: number;
  /** How well calls fit the institute; those that do not fit at all may be missing. */
  scores: { id: string; score: number }[];
  now: Date;
}

const WANTED = `('relevant', 'study')`;

/** Whether a `call` was open at the instant `at`. */
const openAt = (at: string): string =>
  `call.first_seen_at <= ${at} AND (call.last_deadline_at IS NULL OR call.last_deadline_at > ${at}) AND (call.withdrawn_at IS NULL OR call.withdrawn_at > ${at})`;

/**
 * Whether a live `call` scores below the sending threshold, was in no message to the institute, has no
 * verdict of it and was never sampled; `m` is its match.
 */
const isUnsent = (profile: string, minScore: string, now: string): string =>
  `(${reachesThreshold('m', minScore)}) IS NOT TRUE AND NOT ${bottomUpSql()} AND ${liveSql(now)}
              AND NOT ${wasAnnouncedSql(profile, 'call.id')}
              AND NOT EXISTS (SELECT FROM review r WHERE r.profile_id = ${profile} AND r.call_id = call.id AND r.verdict IS NOT NULL)
              AND NOT EXISTS (SELECT FROM recall_sample s WHERE s.profile_id = ${profile} AND s.call_id = call.id)`;

/** The samples of calls that were not sent to institutes. */
@Injectable()
export class RecallSampleRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns institutes that decided on calls before this month, are matched, and have no sample for it,
   * although there are calls that were not sent to them.
   */
  async behind(month: string, monthBegan: Date, minScore: number, now: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      `SELECT id FROM profile p WHERE matched_revision = revision
          AND EXISTS (SELECT FROM review r WHERE r.profile_id = p.id AND r.verdict IS NOT NULL AND r.verdict_at < $2)
          AND NOT EXISTS (SELECT FROM recall_sample s WHERE s.profile_id = p.id AND s.month = $1)
          AND EXISTS (SELECT FROM call LEFT JOIN ${matchesSeenBy('ARRAY[p.id]')} m ON m.profile_id = p.id AND m.call_id = call.id WHERE ${isUnsent('p.id', '$3', '$4::timestamptz')})
        ORDER BY id`,
      [month, monthBegan, minScore, now],
    );
    return rows.map((row) => row.id);
  }

  /** Draws the month's sample, at random but reproducibly. If already drawn, it stays as it is. */
  async draw({ profileId, month, minScore, scores, now }: Drawing): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [RECALL_LOCK]);
      await tx.query(
        `WITH unsent AS (
           SELECT call.id, row_number() OVER (ORDER BY coalesce(m.score, s.score) DESC NULLS LAST, call.id) AS place
             FROM call LEFT JOIN ${SEEN_MATCHES} m ON m.profile_id = $1 AND m.call_id = call.id
             LEFT JOIN jsonb_to_recordset($5) AS s (id uuid, score float8) ON s.id = call.id
            WHERE ${isUnsent('$1', '$3', '$4::timestamptz')}),
         placed AS (SELECT id, CASE WHEN place <= ${NEAR} THEN 'near' ELSE 'far' END AS stratum FROM unsent),
         turns AS (SELECT *, count(*) OVER part AS size, row_number() OVER (part ORDER BY md5($2 || id::text || $1)) AS turn FROM placed WINDOW part AS (PARTITION BY stratum)),
         drawn AS (SELECT * FROM turns ORDER BY turn, stratum LIMIT ${SAMPLED}),
         kept AS (INSERT INTO recall_sample (profile_id, month, call_id, stratum, stratum_size, drawn_at)
           SELECT $1, $2, id, stratum, size, $4 FROM drawn WHERE NOT EXISTS (SELECT FROM recall_sample WHERE profile_id = $1 AND month = $2) RETURNING call_id)
         INSERT INTO review (profile_id, call_id) SELECT $1, call_id FROM kept ON CONFLICT DO NOTHING`,
        [profileId, month, minScore, now, JSON.stringify(scores)],
      );
    });
  }

  /** Returns the calls of the latest sample, those without a verdict first; empty if there is none. */
  async newest(
    profileId: string,
  ): Promise<{ callId: string; month: string; drawnAt: Date; decided: boolean }[]> {
    return this.database.query(
      `SELECT s.call_id AS "callId", s.month, s.drawn_at AS "drawnAt", r.verdict IS NOT NULL AND r.verdict <> 'later' AS decided
         FROM recall_sample s LEFT JOIN review r ON r.profile_id = s.profile_id AND r.call_id = s.call_id
        WHERE s.profile_id = $1 AND s.month = (SELECT max(month) FROM recall_sample WHERE profile_id = $1) ORDER BY decided, md5(s.call_id::text)`,
      [profileId],
    );
  }

  /** Returns the number of undecided calls in the latest sample; 0 if it was drawn before `since`. */
  async waiting(profileId: string, since: Date | null = null): Promise<number> {
    const left = (await this.newest(profileId)).filter(({ decided }) => !decided);
    return left.filter(({ drawnAt }) => since === null || drawnAt > since).length;
  }

  /** Returns the result of each of the last twelve samples, with what was wanted and known at the time. */
  async months(profileId: string, minScore: number): Promise<MonthOfRecall[]> {
    return this.database.query(
      `WITH month AS (SELECT month, min(drawn_at) AS drawn_at FROM recall_sample WHERE profile_id = $1 GROUP BY month ORDER BY month DESC LIMIT 12),
       wanted AS (
         SELECT call.first_seen_at, call.last_deadline_at, call.withdrawn_at, coalesce(${reachesThreshold('m', '$2')}, false) OR call.id IN (${announcedSql('$1')}) AS told
           FROM review r JOIN call ON call.id = r.call_id LEFT JOIN ${SEEN_MATCHES} m ON m.profile_id = $1 AND m.call_id = call.id
          WHERE r.profile_id = $1 AND r.verdict IN ${WANTED} AND NOT EXISTS (SELECT FROM recall_sample s WHERE s.profile_id = $1 AND s.call_id = call.id)),
       asked AS (
         SELECT s.month, s.stratum, max(s.stratum_size) AS size, count(*) FILTER (WHERE r.verdict <> 'later') AS decided, count(*) FILTER (WHERE r.verdict IN ${WANTED}) AS wanted
           FROM recall_sample s LEFT JOIN review r ON r.profile_id = s.profile_id AND r.call_id = s.call_id WHERE s.profile_id = $1 GROUP BY 1, 2)
       SELECT (SELECT count(*)::int FROM wanted call WHERE told AND ${openAt('month.drawn_at')}) AS told,
              (SELECT count(*)::int FROM wanted call WHERE NOT told AND ${openAt('month.drawn_at')}) AS found,
              (SELECT jsonb_agg(jsonb_build_object('stratum', stratum, 'size', size, 'decided', decided, 'wanted', wanted)) FROM asked WHERE asked.month = month.month) AS asked
         FROM month ORDER BY month`,
      [profileId, minScore],
    );
  }
}
