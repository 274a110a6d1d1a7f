import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Activity, CountedBid } from '../domain/figures.js';

/** Of one institute, or of all where it is null, from an instant on and before another. */
export interface FiguresScope {
  profileId: string | null;
  from: Date | null;
  to: Date | null;
}

const within = (column: string): string =>
  `${column} >= coalesce($2::timestamptz, '-infinity') AND ${column} < coalesce($3::timestamptz, 'infinity')`;
const own = (column: string): string => `($1::text IS NULL OR ${column} = $1)`;

/** What institutes were told, decided, asked and won. */
@Injectable()
export class FiguresRepository {
  constructor(private readonly database: DataSource) {}

  /** What was told in the period, and what was done in it; a call counts once for each institute. */
  async activity({ profileId, from, to }: FiguresScope): Promise<Activity & { institutes: number }> {
    const [row] = await this.database.query<(Activity & { institutes: number })[]>(
      `SELECT
         (SELECT count(DISTINCT (f.target, n.call_id))::int FROM notification_item n JOIN notification sent ON sent.id = n.notification_id AND sent.state = 'sent'
            JOIN follow f ON f.recipient_id = n.recipient_id AND f.kind = 'profile' WHERE n.kind = 'call' AND ${own('f.target')} AND ${within('sent.created_at')}) AS told,
         (SELECT count(*)::int FROM review WHERE seen_version IS NOT NULL AND ${own('profile_id')} AND ${within('seen_at')}) AS read,
         (SELECT count(*)::int FROM review WHERE verdict IN ('relevant', 'not') AND ${own('profile_id')} AND ${within('verdict_at')}) AS decided,
         (SELECT count(*)::int FROM review WHERE verdict = 'relevant' AND ${own('profile_id')} AND ${within('verdict_at')}) AS relevant,
         (SELECT count(*)::int FROM proposal WHERE ${own('profile_id')} AND ${within('created_at')}) AS asked,
         (SELECT count(*)::int FROM proposal WHERE answer IS NOT NULL AND ${own('profile_id')} AND ${within('created_at')}) AS answered,
         (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM greatest(r.verdict_at - call.first_seen_at, interval '0')) / 86400)::float8
            FROM review r JOIN call ON call.id = r.call_id WHERE r.verdict IN ('relevant', 'not') AND ${own('r.profile_id')} AND ${within('r.verdict_at')}) AS "medianDays",
         (SELECT count(DISTINCT profile_id)::int FROM review WHERE verdict IN ('relevant', 'not') AND ${own('profile_id')} AND ${within('verdict_at')}) AS institutes`,
      [profileId, from, to],
    );
    return row!;
  }

  /** The bids that came to stand where they do in the period. */
  bids({ profileId, from, to }: FiguresScope): Promise<CountedBid[]> {
    return this.database.query(
      `SELECT o.profile_id AS "profileId", o.stage, call.programme, call.summary->'typesOfAction'->>0 AS "typeOfAction", o.role, o.requested, o.share, o.currency,
              CASE o.stage WHEN 'withdrawn' THEN coalesce((SELECT bool_or(s.changes->'stage'->>'from' IN ('preparing', 'submitted', 'reserve-list', 'funded'))
                FROM opportunity_step s WHERE s.opportunity_id = o.id), false)
              ELSE o.stage IN ('preparing', 'submitted', 'reserve-list', 'funded', 'rejected') END AS went
         FROM opportunity o JOIN call ON call.id = o.call_id WHERE ${own('o.profile_id')} AND ${within('o.stage_at')}`,
      [profileId, from, to],
    );
  }
}
