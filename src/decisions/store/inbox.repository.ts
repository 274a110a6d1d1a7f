import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { brusselsDate } from '../../kernel/brussels.js';
import type { Change } from '../../calls/domain/versions/diff.js';
import { listedFrom } from '../../kernel/band.js';
import type { MatchScore } from '../../matching/domain/scoring/match.js';
import { bottomUpSql, foldedSql, liveSql, notOverSql } from '../../calls/store/call-filter.js';
import { type ListedCall, ListedCalls } from '../../calls/store/call.repository.js';
import type { Reviewed } from '../domain/decision.js';
import { INBOX_STATES, type InboxFilter } from '../domain/inbox-filters.js';
import { grouped } from '../../kernel/collections.js';
import {
  reachesThreshold,
  SEEN_MATCHES,
  SEES_ALL_INSIDE,
  listedSql,
} from '../../platform/database/row-scope.js';
import { Values } from '../../platform/database/values.js';
import type { ReviewEntity } from './review.repository.js';
import {
  CHANGED_SQL,
  dueSql,
  inboxFrom,
  inboxWhere,
  stateSql,
  wasAnnouncedSql,
  type InboxCounts,
  type InboxPlace,
  type InboxScope,
} from './inbox-where.js';

export interface InboxRow extends InboxPlace {
  matchId: string | null;
  result: MatchScore | null;
  matchedVersion: number | null;
  call: ListedCall;
  /** The institute's review of it, as far as the viewer may see it. */
  review: Pick<ReviewEntity, 'seenVersion' | keyof Reviewed> | null;
  changed: boolean;
  /** Whether it was put off, and is back. */
  due: boolean;
  /** The calls folded below it, if the page folds. */
  below: InboxRow[];
}

/** The columns that a page adds to its rows, with `r` for the review. Null without a match or review. */
const SHOWN = `m.id AS "matchId", m.result, m.call_version AS "matchedVersion", r.profile_id IS NOT NULL AS reviewed, r.seen_version AS "seenVersion", r.verdict, r.reason,
  r.later_until::text AS until, r.verdict_by AS "verdictBy", r.verdict_by_id AS "verdictById", r.verdict_by_link AS "verdictByLink", r.verdict_at AS "verdictAt", r.verdict_version AS "verdictVersion", r.previous`;

/** The match and review of each shown call for the institute of `inboxFrom`. */
const DONE = `LEFT JOIN LATERAL (SELECT * FROM ${SEEN_MATCHES} seen WHERE seen.profile_id = $1 AND seen.call_id = shown.id OFFSET 0) m ON true
  LEFT JOIN review r ON r.profile_id = $1 AND r.call_id = shown.id AND $2::boolean`;

type Shown = InboxPlace &
  NonNullable<InboxRow['review']> &
  Pick<InboxRow, 'matchId' | 'result' | 'matchedVersion' | 'changed' | 'due'> & { reviewed: boolean };

@Injectable()
export class InboxRepository {
  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
  ) {}

  /**
   * Returns a page, best first, and the number of calls in each state under the other filters. Both come from
   * one scan of the candidates; the content of a call is read only if the page shows it. With `folds`, a
   * topic under two identifiers is one row, on whatever page the other would be.
   */
  async page(
    filter: InboxFilter,
    scope: InboxScope,
    limit: number,
    after: InboxPlace | null,
    folds = false,
  ): Promise<{ rows: InboxRow[]; counts: InboxCounts }> {
    const values = new Values();
    const chosen = chosenSql(filter, scope, values);
    const inState = `(SELECT id, topic, score, changed, due FROM chosen WHERE "in ${filter.state}") listed`;
    const rows: (Shown & { counts: InboxCounts; below: string[] | null })[] = await this.database.query(
      `WITH chosen AS MATERIALIZED (${chosen}),
       folded AS (${foldedSql(inState, 'score DESC, id', folds)}),
       shown AS MATERIALIZED (
         SELECT id, score, changed, due, below FROM folded
          WHERE nth = 1 AND ${after ? behind(after, values) : 'true'} ORDER BY score DESC, id LIMIT ${limit})
       SELECT counted.*, shown.*, ${SHOWN}
         FROM (SELECT jsonb_build_object(${COUNTED}) AS counts FROM chosen) counted
         LEFT JOIN shown ON true
         ${DONE}
        ORDER BY shown.score DESC, shown.id`,
      values.all,
    );
    // An empty page still has one row, with the counts.
    const listed = rows.filter(({ id }) => id !== null);
    const folded = listed.flatMap(({ below }) => below ?? []);
    const others = new Map(
      (folded.length ? await this.some(folded, scope) : []).map((row) => [row.call.id, row]),
    );
    const belowOf = new Map(listed.map(({ id, below }) => [id, below ?? []]));
    return {
      rows: (await this.whole(listed)).map((row) => ({
        ...row,
        // One that has just lost its match is gone with it.
        below: belowOf.get(row.call.id)!.flatMap((id) => others.get(id) ?? []),
      })),
      counts: rows[0]!.counts,
    };
  }

  /**
   * Returns the ids of live calls not sent, without a verdict, and just below the institute's threshold: the
   * best of them, best first. Read in order of score, so that the scan stops at the limit.
   */
  async below({ profileId, inside, minScore, now }: InboxScope, limit: number): Promise<string[]> {
    const values = new Values();
    const [profile, usual, sees] = [values.add(profileId), values.add(minScore), values.add(inside)];
    const [at, today] = [values.add(now), values.add(brusselsDate(now))];
    const rows: { id: string }[] = await this.database.query(
      `SELECT call.id
         FROM ${SEEN_MATCHES} m JOIN call ON call.id = m.call_id
         LEFT JOIN review r ON r.profile_id = m.profile_id AND r.call_id = m.call_id AND ${sees}::boolean
        WHERE m.profile_id = ${profile} AND (${listedSql('m', values.add(listedFrom(minScore)))} OR r.verdict IS NOT NULL) AND NOT ${reachesThreshold('m', usual)} AND m.call_id = ANY(${notOverSql(`${at}::timestamptz`)}) AND ${liveSql(`${at}::timestamptz`)}
          AND (${sees}::boolean AND ${SEES_ALL_INSIDE} AND ${wasAnnouncedSql('m.profile_id', 'call.id')}) IS NOT TRUE
          AND CASE WHEN r.verdict IS NULL THEN NOT ${bottomUpSql()} ELSE ${dueSql(today)} END
        ORDER BY m.score DESC, call.id LIMIT ${limit}`,
      values.all,
    );
    return rows.map(({ id }) => id);
  }

  /** Returns these calls as the inbox shows them, whatever its filters, whether or not they match. */
  async some(callIds: string[], { profileId, inside, now }: InboxScope): Promise<InboxRow[]> {
    const rows: Shown[] = await this.database.query(
      `SELECT shown.id, coalesce(m.score, 0) AS score, changed.since AS changed, coalesce(${dueSql('$4')}, false) AS due, ${SHOWN}
         FROM call shown ${DONE} CROSS JOIN LATERAL (SELECT shown.id, shown.version, shown.last_deadline_at) call CROSS JOIN LATERAL (SELECT ${CHANGED_SQL} AS since) changed
        WHERE shown.id = ANY($3)`,
      [profileId, inside, callIds, brusselsDate(now)],
    );
    return this.whole(rows);
  }

  /** Returns the number of calls in each state under the other filters. */
  async counts(filter: InboxFilter, scope: InboxScope): Promise<InboxCounts> {
    const values = new Values();
    const rows: { counts: InboxCounts }[] = await this.database.query(
      `SELECT jsonb_build_object(${COUNTED}) AS counts FROM (${chosenSql(filter, scope, values)}) chosen`,
      values.all,
    );
    return rows[0]!.counts;
  }

  /** Returns the programmes in an unfiltered inbox, as filter options. */
  async programmes(scope: InboxScope): Promise<string[]> {
    const values = new Values();
    const rows: { programme: string }[] = await this.database.query(
      `SELECT DISTINCT call.programme FROM ${inboxFrom({}, scope, values)} WHERE ${inboxWhere({ state: 'all' }, scope, values).join(' AND ')} AND call.programme IS NOT NULL ORDER BY 1`,
      values.all,
    );
    return rows.map((r) => r.programme);
  }

  /** Returns changes of calls' deadlines since an instant, oldest first, by call. */
  async movesSince(callIds: string[], since: Date): Promise<Map<string, Change[]>> {
    const rows: { id: string; changes: Change[] }[] = await this.database.query(
      `SELECT call_id AS id, changes FROM call_version
        WHERE call_id = ANY($1) AND seen_at >= $2 AND kinds && '{forward,extended}' ORDER BY version`,
      [callIds, since],
    );
    return new Map(
      [...grouped(rows, (r) => [r.id])].map(([id, versions]) => [
        id,
        versions.flatMap((v) => v.changes.filter((c) => c.field === 'deadlines')),
      ]),
    );
  }

  /** Adds the calls' content. */
  private async whole(shown: Shown[]): Promise<InboxRow[]> {
    const calls = await this.listed.byId(shown.map(({ id }) => id));
    return shown.map(({ id, score, changed, due, matchId, result, matchedVersion, reviewed, ...review }) => ({
      ...{ id, score, changed, due, matchId, result, matchedVersion, call: calls.get(id)! },
      review: reviewed ? review : null,
      below: [],
    }));
  }

  /** Returns the changes of calls since a version of each, oldest first, by call. */
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

/**
 * Returns all calls that pass the other filters, with their position, and whether each state includes them.
 */
function chosenSql(filter: InboxFilter, scope: InboxScope, values: Values): string {
  const from = inboxFrom(filter, scope, values);
  const states = INBOX_STATES.map((state) => `${stateSql(state) ?? 'true'} AS "in ${state}"`);
  return `SELECT call.id, call.topic, coalesce(m.score, 0) AS score, changed.since AS changed, back.due, ${states.join(', ')}
    FROM ${from} WHERE ${inboxWhere(filter, scope, values).join(' AND ')}`;
}

const COUNTED = [
  ...INBOX_STATES.map((state) => `'${state}', count(*) FILTER (WHERE "in ${state}")`),
  `'changed', count(*) FILTER (WHERE changed)`,
].join(', ');

/** Returns the condition for rows after the previous page. */
function behind(after: InboxPlace, values: Values): string {
  const [score, id] = [values.add(after.score), values.add(after.id)];
  return `(score < ${score}::float8 OR (score = ${score}::float8 AND id > ${id}::uuid))`;
}
