import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { BRUSSELS } from '../../kernel/brussels.js';
import { grouped } from '../../kernel/collections.js';
import {
  bottomUpSql,
  foldedSql,
  liveSql,
  nextDeadlineSql,
  statusSql,
} from '../../calls/store/call-filter.js';
import { type ListedCall, ListedCalls } from '../../calls/store/call.repository.js';
import { InterestRepository, type NamedInterest } from './interest.repository.js';
import { containing } from '../../platform/database/values.js';

/**
 * Filter for the matrix of calls: the institutes (all if null), and the lowest score that counts as a fit.
 */
export interface MatrixFilter {
  members: readonly string[] | null;
  minScore: number;
  q?: string | undefined;
  show: keyof typeof LEAST;
  /** The next deadline is within this number of days. */
  within?: number | undefined;
  /** First seen from one moment (inclusive) to another (exclusive). */
  seen?: { from: Date; to: Date } | undefined;
  sort: 'fits' | 'deadline';
  /** One row for each topic, with its other calls that pass the filter below it. */
  folds?: boolean | undefined;
}

/** How many institutes are interested in a call that is shown, or how many it fits; null: however many. */
const LEAST = {
  shared: { wants: 2, fits: null },
  wanted: { wants: 1, fits: null },
  two: { wants: 1, fits: 2 },
  one: { wants: 1, fits: 1 },
} as const;

/** A call with the institutes it fits and the interests in it. */
export interface MatrixRow {
  call: ListedCall;
  fits: Map<string, number>;
  interests: NamedInterest[];
  joint: { id: string; leadId: string | null } | null;
  /** The calls folded below it. */
  below: MatrixRow[];
}

const FITTING = `FROM match m JOIN call ON call.id = m.call_id
  WHERE m.score >= $2 AND ($1::text[] IS NULL OR m.profile_id = ANY($1)) AND ${liveSql('$3::timestamptz')} AND NOT ${bottomUpSql()}`;
const WANTED = `FROM interest i WHERE $1::text[] IS NULL OR i.profile_id = ANY($1)`;

/** Queries fits and interests by call and institute. */
@Injectable()
export class CockpitRepository {
  constructor(
    private readonly database: DataSource,
    private readonly interests: InterestRepository,
    private readonly listed: ListedCalls,
  ) {}

  /** `limit` rows after the first `behind`, the number of calls not over, and how many of them are folded. */
  async matrix(
    filter: MatrixFilter,
    now: Date,
    limit: number,
    behind: number,
  ): Promise<{ rows: MatrixRow[]; total: number; folded: number }> {
    const { members, minScore, q, show, within, seen, sort, folds = false } = filter;
    const order = `${sort === 'deadline' ? `(next AT TIME ZONE '${BRUSSELS}')::date NULLS LAST, ` : ''}wants DESC, fits DESC, best DESC, id`;
    // A topic's row is the call that is wanted most, or else the one that closes next.
    const found: { id: string; below: string[] | null; total: number; folded: number }[] =
      await this.database.query(
        `WITH fits AS (SELECT m.call_id, count(*)::int AS n, max(m.score) AS best ${FITTING} GROUP BY m.call_id),
            wants AS (SELECT i.call_id, count(*)::int AS n ${WANTED} GROUP BY i.call_id),
            known AS (SELECT call.id, call.topic, coalesce(fits.n, 0) AS fits, coalesce(fits.best, 0) AS best, coalesce(wants.n, 0) AS wants, ${nextDeadlineSql('$3')} AS next
              FROM fits FULL JOIN wants USING (call_id) JOIN call ON call.id = call_id
             WHERE ${statusSql('$3::timestamptz')} NOT IN ('closed', 'withdrawn') AND ($4::text IS NULL OR call.content->>'title' ILIKE $4 OR call.content->>'identifier' ILIKE $4)
               AND ($9::timestamptz IS NULL OR (call.first_seen_at >= $9 AND call.first_seen_at < $10))),
            passing AS (SELECT * FROM known
             WHERE (wants >= $5 OR fits >= $11) AND ($6::int IS NULL OR next <= $3::timestamptz + $6 * interval '1 day')),
            folded AS (${foldedSql('passing', 'wants DESC, fits DESC, next, id', folds)})
       SELECT id, below, (SELECT count(*)::int FROM folded) AS total, (SELECT count(*)::int FROM folded WHERE nth > 1) AS folded
         FROM folded WHERE nth = 1 ORDER BY ${order} LIMIT $7 OFFSET $8`,
        [
          ...[members, minScore, now, q === undefined ? null : containing(q)],
          ...[LEAST[show].wants, within ?? null, limit, behind],
          ...[seen?.from ?? null, seen?.to ?? null, LEAST[show].fits],
        ],
      );
    const rows = new Map(
      (
        await this.rows(
          found.flatMap(({ id, below }) => [id, ...(below ?? [])]),
          members,
          minScore,
        )
      ).map((row) => [row.call.id, row]),
    );
    return {
      rows: found.map(({ id, below }) => ({
        ...rows.get(id)!,
        below: (below ?? []).map((other) => rows.get(other)!),
      })),
      total: found[0]?.total ?? 0,
      folded: found[0]?.folded ?? 0,
    };
  }

  /** Calls that close until a moment and interest at least two institutes, the next one first. */
  async closingTogether(now: Date, until: Date): Promise<ListedCall[]> {
    const found: { id: string }[] = await this.database.query(
      `SELECT id FROM (
         SELECT call.id, ${nextDeadlineSql('$1')} AS next
           FROM (SELECT call_id FROM interest GROUP BY 1 HAVING count(*) > 1) shared JOIN call ON call.id = shared.call_id
          WHERE call.withdrawn_at IS NULL) wanted
        WHERE next <= $2 ORDER BY next, id`,
      [now, until],
    );
    const calls = await this.listed.byId(found.map(({ id }) => id));
    return found.map(({ id }) => calls.get(id)!);
  }

  /** The number of open interests of each institute. */
  async opened(): Promise<Map<string, number>> {
    const rows: { id: string; n: number }[] = await this.database.query(
      'SELECT profile_id AS id, count(*)::int AS n FROM interest GROUP BY 1',
    );
    return new Map(rows.map((r) => [r.id, r.n]));
  }

  private async rows(
    ids: string[],
    members: readonly string[] | null,
    minScore: number,
  ): Promise<MatrixRow[]> {
    const [calls, fits, interests, joint] = await Promise.all([
      this.listed.byId(ids),
      this.database.query<{ callId: string; profileId: string; score: number }[]>(
        `SELECT call_id AS "callId", profile_id AS "profileId", score FROM match
          WHERE call_id = ANY($1) AND score >= $2 AND ($3::text[] IS NULL OR profile_id = ANY($3))`,
        [ids, minScore, members],
      ),
      this.interests.findByCalls(ids),
      this.database.query<{ callId: string; id: string; leadId: string | null }[]>(
        'SELECT call_id AS "callId", id, lead_id AS "leadId" FROM joint_opportunity WHERE call_id = ANY($1)',
        [ids],
      ),
    ]);
    const [fitsOf, interestsOf] = [grouped(fits, (f) => [f.callId]), grouped(interests, (i) => [i.callId])];
    return ids.map((id) => ({
      call: calls.get(id)!,
      fits: new Map((fitsOf.get(id) ?? []).map((f) => [f.profileId, f.score])),
      interests: interestsOf.get(id) ?? [],
      joint: joint.find((j) => j.callId === id) ?? null,
      below: [],
    }));
  }
}
