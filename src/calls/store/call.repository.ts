import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { grouped } from '../../kernel/grouping.js';
import { Values } from '../../platform/database/values.js';
import { KnownRows, type Marked } from '../../platform/database/known-rows.js';
import type { SearchedText } from '../domain/searched-text.js';
import type { Change } from '../domain/versions/diff.js';
import { CallEntity } from './call.entity.js';
import { type ListedCall, ListedCalls, MARK_SQL } from './listed-calls.repository.js';
import { type CallFilter, filterSql } from './call-filter.js';
import { searchQuerySql } from './search-sql.js';
import { CallVersionEntity } from './call-version.entity.js';

/** Where the last page ended: the sort key of its last call, and its id where keys tie. */
export interface CallPlace {
  key: number;
  id: string;
}
/** Where a source shows a call, without what it says of it. */
export interface Seen {
  sourceId: string;
  /** Whether the call says what this source says. */
  leads: boolean;
  lastSeenAt: Date;
  missingSince: Date | null;
  goneAt: Date | null;
  url: string | null;
}
export interface PlacedCall {
  mark: string;
  /** Of all that sources show of it. */
  seenMark: string;
  call: ListedCall;
  place: CallPlace;
}

/**
 * To rank one takes a tenth of a millisecond; words that stand in more calls than this tell none from another
 * anyway.
 */
const MOST_RANKED = 5_000;

/** Whether what is found for these words comes best first. */
export const isRanked = (isSearch: boolean, total: number): boolean => isSearch && total <= MOST_RANKED;

/**
 * What the words bring beside what a call means, in points: for standing there, and for standing often and in
 * the title.
 */
const [HELD, WEIGHED] = [10, 20];

/**
 * The key of a search's order: what the words bring, and how near a call is in meaning, which `join` adds to
 * the calls.
 */
function bestFirst(text: SearchedText, values: Values): { key: string; join: string } {
  const query = searchQuerySql(text, values);
  const words = `CASE WHEN call.search @@ ${query} THEN ${HELD} + ${WEIGHED} * ts_rank(call.search, ${query}) ELSE 0 END`;
  if (text.near.size === 0) return { key: `(${words})::float8`, join: '' };
  const [ids, points] = [values.add([...text.near.keys()]), values.add([...text.near.values()])];
  return {
    key: `(${words} + coalesce(near.points, 0))::float8`,
    join: `LEFT JOIN unnest(${ids}::uuid[], ${points}::float8[]) AS near(id, points) ON near.id = call.id`,
  };
}

/** Where the page before ended, as a condition on what follows. */
function behind(key: string, after: CallPlace, values: Values): string {
  const [at, id] = [values.add(after.key), values.add(after.id)];
  return `(${key} < ${at} OR (${key} = ${at} AND call.id > ${id}))`;
}

/** The marks of all that sources show of a call `call`, in any order. */
const SEEN_MARK = `(SELECT string_agg(s.xmin::text, ' ') FROM source_record s WHERE s.call_id = call.id)`;
const inOrder = (marks: string[]): string => marks.toSorted().join(' ');
const MOST_SEEN = 5_000;

/** Calls as they stand, and as they stood. */
@Injectable()
export class CallRepository {
  private readonly seen = new KnownRows<{ id: string; records: Seen[] }>(MOST_SEEN, (ids) =>
    this.readSeen(ids),
  );

  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
  ) {}

  /**
   * A page of calls: best first where something is searched for, else the ones first seen last, as also where
   * so many are found that to rank them would take seconds. `total` counts all that pass the filter; each
   * call's `place` is for the cursor of a page that begins behind it.
   */
  async list(
    filter: CallFilter,
    now: Date,
    limit: number,
    after: CallPlace | null,
  ): Promise<{ items: PlacedCall[]; total: number; upTo: string | null }> {
    const { text } = filter;
    // How many are found decides the order of a search; else both are one statement.
    const found = text ? await this.count(filter, now) : null;
    const values = new Values();
    const where = filterSql(filter, now, values);
    const total =
      found === null ? `SELECT count(*)::int FROM call WHERE ${where}` : `${values.add(found)}::int`;
    const { key, join } =
      text && found !== null && isRanked(true, found)
        ? bestFirst(text, values)
        : { key: 'call.first_seq', join: '' };
    // A limit that is a parameter would be planned anew each time: PostgreSQL takes it for a tenth of all.
    const rows: (Marked & {
      seenMark: string | null;
      key: number | string;
      total: number;
      upTo: string | null;
    })[] = await this.database.query(
      `SELECT (${total}) AS total, (SELECT max(seq) FROM call) AS "upTo", page.* FROM (VALUES (0)) AS one LEFT JOIN (
           SELECT call.id, ${MARK_SQL}, ${SEEN_MARK} AS "seenMark", ${key} AS key FROM call ${join}
            WHERE ${where} AND ${after ? behind(key, after, values) : 'true'} ORDER BY ${key} DESC, call.id LIMIT ${limit}) page
           ON true ORDER BY page.key DESC, page.id`,
      values.all,
    );
    // Where the page is empty there is one row all the same, with the total.
    const shown = rows.filter(({ id }) => id !== null);
    const calls = await this.listed.of(shown);
    const items = shown.map(({ id, key: at, mark, seenMark }) => ({
      call: calls.get(id)!,
      mark,
      seenMark: inOrder(seenMark?.split(' ') ?? []),
      place: { key: Number(at), id },
    }));
    return { items, total: rows[0]!.total, upTo: rows[0]!.upTo };
  }

  private async count(filter: CallFilter, now: Date): Promise<number> {
    const values = new Values();
    const rows: { total: number }[] = await this.database.query(
      `SELECT count(*)::int AS total FROM call WHERE ${filterSql(filter, now, values)}`,
      values.all,
    );
    return rows[0]!.total;
  }

  find(id: string): Promise<CallEntity | null> {
    return this.database.getRepository(CallEntity).findOneBy({ id });
  }

  /** A page of a call's versions, newest first. */
  async versions(
    callId: string,
    limit: number,
    before: number | null,
  ): Promise<{ versions: CallVersionEntity[]; total: number }> {
    const table = this.database.getRepository(CallVersionEntity);
    const query = table
      .createQueryBuilder('v')
      .where('v.call_id = :callId', { callId })
      .orderBy('v.version', 'DESC')
      .limit(limit);
    if (before !== null) query.andWhere('v.version < :before', { before });
    return { versions: await query.getMany(), total: await table.countBy({ callId }) };
  }

  /** What changed in a call behind a place in the order of versions up to another one, oldest first. */
  async changesBehind(callId: string, seq: string, upTo: string): Promise<Change[]> {
    const versions = await this.database
      .createQueryBuilder(CallVersionEntity, 'v')
      .select(['v.callId', 'v.version', 'v.changes'])
      .where('v.call_id = :callId AND v.seq > :seq AND v.seq <= :upTo', { callId, seq, upTo })
      .orderBy('v.version')
      .getMany();
    return versions.flatMap((v) => v.changes);
  }

  /** Where calls of a page are seen, by call. */
  seenAt(page: readonly PlacedCall[]): Promise<Map<string, { records: Seen[] }>> {
    return this.seen.of(page.map(({ call: { id }, seenMark: mark }) => ({ id, mark })));
  }

  /** Where a call is seen. */
  async sourceRecords(callId: string): Promise<Seen[]> {
    return (await this.readSeen([callId]))[0]?.records ?? [];
  }

  private async readSeen(callIds: string[]): Promise<(Marked & { records: Seen[] })[]> {
    const rows: (Seen & { id: string; mark: string })[] = await this.database.query(
      `SELECT call_id AS id, xmin AS mark, source_id AS "sourceId", summary->>'url' AS url, leads, last_seen_at AS "lastSeenAt", missing_since AS "missingSince", gone_at AS "goneAt"
         FROM source_record WHERE call_id = ANY($1) ORDER BY source_id, key`,
      [callIds],
    );
    return [...grouped(rows, (r) => [r.id])].map(([id, of]) => ({
      id,
      mark: inOrder(of.map((r) => r.mark)),
      records: of.map(({ id: _id, mark: _mark, ...seen }) => seen),
    }));
  }

  /**
   * What is stored behind a place in the order of versions, oldest first, so many at a time; only what
   * matching needs of it.
   */
  since(seq: string, limit: number): Promise<Pick<CallEntity, 'id' | 'content' | 'version' | 'seq'>[]> {
    return this.database
      .createQueryBuilder(CallEntity, 'call')
      .select(['call.id', 'call.content', 'call.version', 'call.seq'])
      .where('call.seq > :seq', { seq })
      .orderBy('call.seq')
      .limit(limit)
      .getMany();
  }

  /** The last place in the order of versions; '0' where nothing was stored yet. */
  async lastSeq(): Promise<string> {
    const rows: { seq: string | null }[] = await this.database.query('SELECT max(seq) AS seq FROM call');
    return rows[0]!.seq ?? '0';
  }
}
