import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { brusselsDate, type Change } from '../../calls/domain/index.js';
import type { MatchScore } from '../../matching/domain/index.js';
import { INBOX_STATES, type InboxFilter } from '../domain/inbox-filters.js';
import { bottomUpSql, LISTED_SQL, liveSql, type ListedCall } from '../../calls/store/index.js';
import type { ReviewEntity } from './review.entity.js';
import {
  announcedSql,
  dueSql,
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

/** A call of which the title is enough. */
export interface GlanceRow {
  id: string;
  title: string;
  language: string;
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

  /**
   * A page, and how many there are in each state with the other filters as they are: new ones first, then changed ones, then the rest, each best first. What it is
   * chosen from is looked through once for both; what a call says is read for those alone that the page shows.
   */
  async page(
    filter: InboxFilter,
    scope: InboxScope,
    limit: number,
    after: InboxPlace | null,
  ): Promise<{ rows: InboxRow[]; counts: InboxCounts }> {
    const values = new Values();
    const chosen = chosenSql(filter, scope, values);
    const where = [`"in ${filter.state}"`, ...(after ? [behind(after, values)] : [])];
    const rows: (Flat & { counts: InboxCounts })[] = await this.database.query(
      `WITH chosen AS MATERIALIZED (${chosen}),
       shown AS MATERIALIZED (
         SELECT id, rank, score, changed FROM chosen WHERE ${where.join(' AND ')} ORDER BY rank, score DESC, id LIMIT ${values.add(limit)})
       SELECT counted.counts, shown.*, m.id AS "matchId", m.result, r.profile_id IS NOT NULL AS reviewed, ${CALL}, ${REVIEW}
         FROM (SELECT jsonb_build_object(${COUNTED}) AS counts FROM chosen) counted
         LEFT JOIN (shown JOIN call ON call.id = shown.id) ON true
         LEFT JOIN match m ON m.profile_id = $1 AND m.call_id = shown.id
         LEFT JOIN review r ON r.profile_id = $1 AND r.call_id = shown.id AND $2::boolean
        ORDER BY shown.rank, shown.score DESC, shown.id`,
      values.all,
    );
    // Where the page is empty there is one row all the same, with the counts.
    return {
      rows: rows.filter(({ id }) => id !== null).map(({ counts: _, ...flat }) => rowOf(flat)),
      counts: rows[0]!.counts,
    };
  }

  /**
   * What is to be had, was not told and nobody has decided on, and fits less well than what the institute is told: the best of it. Read in the
   * order of scores, so that it ends with the last that is shown.
   */
  below({ profileId, inside, minScore, now }: InboxScope, limit: number): Promise<GlanceRow[]> {
    const values = new Values();
    const [profile, least, sees] = [values.add(profileId), values.add(minScore), values.add(inside)];
    const [at, today] = [values.add(now), values.add(brusselsDate(now))];
    return this.database.query(
      `SELECT call.id, call.summary->>'title' AS title, call.summary->>'language' AS language
         FROM match m JOIN call ON call.id = m.call_id
         LEFT JOIN review r ON r.profile_id = m.profile_id AND r.call_id = m.call_id AND ${sees}::boolean
        WHERE m.profile_id = ${profile} AND m.score < ${least} AND (m.call_id IN (${announcedSql(profile)})) IS NOT TRUE AND ${liveSql(`${at}::timestamptz`)}
          AND CASE WHEN r.verdict IS NULL THEN NOT ${bottomUpSql()} ELSE ${dueSql(today)} END
        ORDER BY m.score DESC, call.id LIMIT ${values.add(limit)}`,
      values.all,
    );
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
    const rows: { counts: InboxCounts }[] = await this.database.query(
      `SELECT jsonb_build_object(${COUNTED}) AS counts FROM (${chosenSql(filter, scope, values)}) chosen`,
      values.all,
    );
    return rows[0]!.counts;
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
    if (callIds.length === 0) return new Map();
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
    if (seen.length === 0) return new Map();
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

/** All that passes the filters but that of the state, with its place, and of each state whether it is in it. */
function chosenSql(filter: InboxFilter, scope: InboxScope, values: Values): string {
  const from = inboxFrom(scope, values, leastScore(filter, scope));
  const states = INBOX_STATES.map((state) => `${stateSql(state) ?? 'true'} AS "in ${state}"`);
  return `SELECT call.id, ${scope.inside ? RANK_SQL : '0'} AS rank, coalesce(m.score, 0) AS score, changed.since AS changed, ${states.join(', ')}
    FROM ${from} WHERE ${inboxWhere(filter, scope, values).join(' AND ')}`;
}

const COUNTED = [
  ...INBOX_STATES.map((state) => `'${state}', count(*) FILTER (WHERE "in ${state}")`),
  `'changed', count(*) FILTER (WHERE changed)`,
].join(', ');

/** Where the page before ended, as a condition on what follows. */
function behind(after: InboxPlace, values: Values): string {
  const [at, score, id] = [values.add(after.rank), values.add(after.score), values.add(after.id)];
  return `(rank > ${at}::int OR (rank = ${at}::int AND (score < ${score}::float8 OR (score = ${score}::float8 AND id > ${id}::uuid))))`;
}
