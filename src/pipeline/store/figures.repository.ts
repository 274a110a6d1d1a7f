import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { arrivedSql } from '../../outbox/store/sending.js';
import type { Activity, CountedBids } from '../domain/figures.js';
import { AWAITING_RESULT } from '../domain/stage.js';

/** One institute, or all if null, from an instant (inclusive) to another (exclusive). */
export interface FiguresScope {
  profileId: string | null;
  from: Date | null;
  to: Date | null;
}

const within = (column: string): string =>
  `${column} >= coalesce($2::timestamptz, '-infinity') AND ${column} < coalesce($3::timestamptz, 'infinity')`;
const own = (column: string): string => `($1::text IS NULL OR ${column} = $1)`;

const AWAITS_RESULT = `o.stage = ANY('{${AWAITING_RESULT.join(',')}}')`;
const YEAR = `extract(year FROM o.deadline_at AT TIME ZONE 'Europe/Brussels')::text`;
const DECIDED = `r.verdict IN ('relevant', 'not') AND ${within('r.verdict_at')}`;

/** Queries what institutes were sent, decided, asked for and won. */
@Injectable()
export class FiguresRepository {
  constructor(private readonly database: DataSource) {}

  /** Calls sent and actions taken in the period; a call counts once per institute. */
  async activity({ profileId, from, to }: FiguresScope): Promise<Activity & { institutes: number }> {
    const [row] = await this.database.query<(Activity & { institutes: number })[]>(
      `SELECT
         (SELECT count(DISTINCT (f.target, n.call_id))::int FROM notification_item n JOIN notification sent ON sent.id = n.notification_id AND ${arrivedSql('sent')}
            JOIN follow f ON f.recipient_id = n.recipient_id AND f.kind = 'profile' WHERE n.kind = 'call' AND ${own('f.target')} AND ${within('sent.created_at')}) AS told,
         (SELECT count(*)::int FROM proposal WHERE ${own('profile_id')} AND ${within('created_at')}) AS asked,
         (SELECT count(*)::int FROM proposal WHERE answer IS NOT NULL AND ${own('profile_id')} AND ${within('created_at')}) AS answered, reviews.*
       FROM (SELECT count(*) FILTER (WHERE r.seen_version IS NOT NULL AND ${within('r.seen_at')})::int AS read, count(*) FILTER (WHERE ${DECIDED})::int AS decided,
               count(*) FILTER (WHERE r.verdict = 'relevant' AND ${within('r.verdict_at')})::int AS relevant,
               (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM greatest(r.verdict_at - call.first_seen_at, interval '0')) / 86400) FILTER (WHERE ${DECIDED}))::float8 AS "medianDays",
               count(DISTINCT r.profile_id) FILTER (WHERE ${DECIDED})::int AS institutes
             FROM review r JOIN call ON call.id = r.call_id WHERE ${own('r.profile_id')}) reviews`,
      [profileId, from, to],
    );
    return row!;
  }

  /**
   * The bids that reached their current stage in the period, grouped in SQL by everything that figures depend
   * on, as a network has tens of thousands. Bids awaiting the decision are not counted.
   */
  async bids({ profileId, from, to }: FiguresScope): Promise<CountedBids[]> {
    const where = `${own('o.profile_id')} AND ${within('o.stage_at')}`;
    const sums = `count(*)::int AS bids, sum(o.requested) AS requested, sum(o.share) AS share,
      (count(*) - count(o.requested))::int AS "withoutRequested", (count(*) - count(o.share))::int AS "withoutShare"`;
    const [known, others] = await Promise.all([
      this.database.query<CountedBids[]>(
        `SELECT o.profile_id AS "profileId", o.stage, true AS went, o.currency, ${YEAR} AS year, call.programme, call.summary->'typesOfAction'->>0 AS "typeOfAction", o.role, ${sums}
           FROM opportunity o JOIN call ON call.id = o.call_id WHERE o.stage IN ('funded', 'rejected') AND ${where} GROUP BY 1, 2, 4, 5, 6, 7, 8`,
        [profileId, from, to],
      ),
      this.database.query<CountedBids[]>(
        `SELECT o.profile_id AS "profileId", o.stage, CASE o.stage WHEN 'withdrawn' THEN coalesce((SELECT bool_or(s.changes->'stage'->>'from' IN ('preparing', 'submitted', 'reserve-list', 'funded'))
                  FROM opportunity_step s WHERE s.opportunity_id = o.id), false) ELSE o.stage <> 'no-go' END AS went,
                o.currency, CASE WHEN ${AWAITS_RESULT} THEN ${YEAR} END AS year, CASE WHEN ${AWAITS_RESULT} THEN call.programme END AS programme, NULL AS "typeOfAction", NULL AS role, ${sums}
           FROM opportunity o JOIN call ON call.id = o.call_id WHERE o.stage NOT IN ('to-study', 'go-no-go', 'funded', 'rejected') AND ${where} GROUP BY 1, 2, 3, 4, 5, 6`,
        [profileId, from, to],
      ),
    ]);
    return [...known, ...others];
  }
}
