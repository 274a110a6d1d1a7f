import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Change } from '../../calls/domain/index.js';
import type { MatchScore } from '../../matching/domain/index.js';
import { INBOX_STATES, type InboxFilter } from '../domain/inbox-filters.js';
import { LISTED_SQL, type ListedCall } from '../../calls/store/index.js';
import type { ReviewEntity } from './review.entity.js';
import {
  inboxFrom,
  inboxWhere,
  leastScore,
  RANK_SQL,
  stateSql,
  Values,
  type InboxCounts,
  type InboxPlace,
  type InboxScope,
} from './inbox-where.js';

export interface InboxRow extends InboxPlace {
  matchId: string | null;
  result: MatchScore | null;
  call: ListedCall;
  /** What the institute did with it, as far as whoever looks may know. */
  review: Pick<
    ReviewEntity,
    'seenVersion' | 'verdict' | 'reason' | 'until' | 'verdictBy' | 'verdictAt' | 'verdictVersion' | 'previous'
  > | null;
  changed: boolean;
}

const CALL = `call.id AS "callId", ${LISTED_SQL}`;
const REVIEW = `r.seen_version AS "seenVersion", r.verdict, r.reason, r.later_until::text AS until, r.verdict_by AS "verdictBy", r.verdict_at AS "verdictAt", r.verdict_version AS "verdictVersion", r.previous`;

type Flat = Omit<ListedCall, 'id'> &
  NonNullable<InboxRow['review']> &
  InboxPlace &
  Pick<InboxRow, 'matchId' | 'result' | 'changed'> & { callId: string; reviewed: boolean };

function rowOf(flat: Flat): InboxRow {
  const {
    callId,
    version,
    programme,
    opensAt,
    lastDeadlineAt,
    sourceStatus,
    withdrawnAt,
    content,
    reviewed,
    matchId,
    result,
    changed,
    rank,
    score,
    id,
    ...review
  } = flat;
  return {
    rank,
    score,
    id,
    matchId,
    result,
    changed,
    call: { id: callId, version, programme, opensAt, lastDeadlineAt, sourceStatus, withdrawnAt, content },
    review: reviewed ? review : null,
  };
}

/** What an institute has to look at. */
@Injectable()
export class InboxRepository {
  constructor(private readonly database: DataSource) {}

  /** A page: new ones first, then changed ones, then the rest, each best first. What a call says is read for those alone that the page shows. */
  async list(
    filter: InboxFilter,
    scope: InboxScope,
    limit: number,
    after: InboxPlace | null,
  ): Promise<InboxRow[]> {
    const values = new Values();
    const from = inboxFrom(scope, values, leastScore(filter, scope));
    const rank = scope.inside ? RANK_SQL : '0';
    const where = [
      ...inboxWhere(filter, scope, values),
      ...[stateSql(filter.state)].filter((x) => x !== null),
      ...(after ? [behind(rank, after, values)] : []),
    ];
    const rows: Flat[] = await this.database.query(
      `WITH shown AS MATERIALIZED (
         SELECT call.id, ${rank} AS rank, coalesce(m.score, 0) AS score, changed.since AS changed FROM ${from} WHERE ${where.join(' AND ')}
          ORDER BY 2, 3 DESC, 1 LIMIT ${values.add(limit)})
       SELECT shown.*, m.id AS "matchId", m.result, r.profile_id IS NOT NULL AS reviewed, ${CALL}, ${REVIEW}
         FROM shown JOIN call ON call.id = shown.id LEFT JOIN match m ON m.profile_id = $1 AND m.call_id = shown.id
         LEFT JOIN review r ON r.profile_id = $1 AND r.call_id = shown.id AND $2::boolean
        ORDER BY shown.rank, shown.score DESC, shown.id`,
      values.all,
    );
    return rows.map(rowOf);
  }

  /** These calls as the inbox shows them, whatever its filters; without those that are no match, and that nobody of the institute has opened, decided on or been asked about. */
  async some(callIds: string[], scope: InboxScope): Promise<InboxRow[]> {
    const values = new Values();
    const rows: Flat[] = await this.database.query(
      `SELECT call.id, ${RANK_SQL} AS rank, coalesce(m.score, 0) AS score, changed.since AS changed, m.id AS "matchId", m.result, r.profile_id IS NOT NULL AS reviewed, ${CALL}, ${REVIEW}
         FROM ${inboxFrom(scope, values, 0)} WHERE call.id = ANY(${values.add(callIds)})`,
      values.all,
    );
    return rows.map(rowOf);
  }

  /** How many there are in each state with the other filters as they are. */
  async counts(filter: InboxFilter, scope: InboxScope): Promise<InboxCounts> {
    const values = new Values();
    const from = inboxFrom(scope, values, leastScore(filter, scope));
    const counts = INBOX_STATES.map(
      (state) => `count(*) FILTER (WHERE ${stateSql(state) ?? 'true'})::int AS "${state}"`,
    );
    const rows: InboxCounts[] = await this.database.query(
      `SELECT ${counts.join(', ')}, count(*) FILTER (WHERE changed.since)::int AS changed FROM ${from} WHERE ${inboxWhere(filter, scope, values).join(' AND ')}`,
      values.all,
    );
    return rows[0]!;
  }

  /** The programmes of what an inbox lists without a filter, to choose from. */
  async programmes(scope: InboxScope): Promise<string[]> {
    const values = new Values();
    const rows: { programme: string }[] = await this.database.query(
      `SELECT DISTINCT call.programme FROM ${inboxFrom(scope, values, scope.minScore)} WHERE ${inboxWhere({ state: 'all' }, scope, values).join(' AND ')} AND call.programme IS NOT NULL ORDER BY 1`,
      values.all,
    );
    return rows.map((r) => r.programme);
  }

  /** How the deadlines of calls have moved since a moment, oldest first, by call. */
  async movesSince(callIds: string[], since: Date): Promise<Map<string, Change[]>> {
    const rows: { callId: string; changes: Change[] }[] = await this.database.query(
      `SELECT call_id AS "callId", changes FROM call_version WHERE call_id = ANY($1) AND seen_at >= $2 AND kinds && '{forward,extended}' ORDER BY call_id, version`,
      [callIds, since],
    );
    return new Map(
      callIds.map((id) => [
        id,
        rows
          .filter((r) => r.callId === id)
          .flatMap((r) => r.changes)
          .filter((c) => c.field === 'deadlines'),
      ]),
    );
  }

  /** What changed in calls behind a version of each, oldest first, by call. */
  async changesBehind(seen: { callId: string; version: number }[]): Promise<Map<string, Change[]>> {
    const rows: { callId: string; changes: Change[] }[] = await this.database.query(
      `SELECT v.call_id AS "callId", v.changes FROM jsonb_to_recordset($1) AS s("callId" uuid, version int)
         JOIN call_version v ON v.call_id = s."callId" AND v.version > s.version ORDER BY v.call_id, v.version`,
      [JSON.stringify(seen)],
    );
    return new Map(
      seen.map(({ callId }) => [callId, rows.filter((r) => r.callId === callId).flatMap((r) => r.changes)]),
    );
  }
}

/** Where the page before ended, as a condition on what follows. */
function behind(rank: string, after: InboxPlace, values: Values): string {
  const [at, score, id] = [values.add(after.rank), values.add(after.score), values.add(after.id)];
  const equal = `coalesce(m.score, 0) = ${score}::float8`;
  return `(${rank} > ${at}::int OR (${rank} = ${at}::int AND (coalesce(m.score, 0) < ${score}::float8 OR (${equal} AND call.id > ${id}::uuid))))`;
}
