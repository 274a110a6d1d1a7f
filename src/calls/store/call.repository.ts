import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Summary } from '../domain/call-content.js';
import type { SearchedText } from '../domain/searched-text.js';
import type { Change } from '../domain/versions/diff.js';
import type { Status } from '../domain/status.js';
import { CallEntity } from './call.entity.js';
import { searchQuerySql, searchSql } from './search-sql.js';
import { CallVersionEntity } from './call-version.entity.js';

export interface CallFilter {
  /** Words are resolved before, by whoever finds calls. */
  q?: never;
  text?: SearchedText;
  status?: Status;
  programme?: string;
  source?: string;
  deadlineBefore?: Date;
  deadlineAfter?: Date;
  /** Of these alone. */
  ids?: string[];
}

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
/** A call as a list shows it. */
export type ListedCall = Pick<
  CallEntity,
  'id' | 'version' | 'programme' | 'opensAt' | 'lastDeadlineAt' | 'sourceStatus' | 'withdrawnAt'
> & { content: Summary };
/** The same, with when it was seen first. */
export type DatedCall = ListedCall & Pick<CallEntity, 'firstSeenAt'>;
export interface PlacedCall {
  call: DatedCall;
  place: CallPlace;
}

/** The columns of a call `call` in a list, as `ListedCall` names them, but for its id. */
export const LISTED_SQL = `call.version, call.programme, call.opens_at AS "opensAt", call.last_deadline_at AS "lastDeadlineAt",
  call.source_status AS "sourceStatus", call.withdrawn_at AS "withdrawnAt", call.summary AS content`;
const DATED_SQL = `call.id AS id, ${LISTED_SQL}, call.first_seen_at AS "firstSeenAt"`;

/** To rank one takes a tenth of a millisecond; words that stand in more calls than this tell none from another anyway. */
const MOST_RANKED = 5_000;

/** Whether what is found for these words comes best first. */
export const isRanked = (isSearch: boolean, total: number): boolean => isSearch && total <= MOST_RANKED;

/** `statusAt` of the domain, in SQL. A test shows that the two agree. */
export const STATUS_SQL = `CASE
  WHEN call.withdrawn_at IS NOT NULL THEN 'withdrawn'
  WHEN call.last_deadline_at <= :now THEN 'closed'
  WHEN call.opens_at > :now THEN 'forthcoming'
  WHEN call.last_deadline_at IS NULL AND call.source_status = 'closed' THEN 'closed'
  WHEN call.opens_at IS NULL AND call.source_status = 'forthcoming' THEN 'forthcoming'
  ELSE 'open' END`;

/**
 * Whether a call is live, which is to say open or forthcoming, at a moment that stands in a statement as `now`: what `STATUS_SQL` says of the
 * two, in a form that an index answers.
 */
export const liveSql = (
  now: string,
): string => `(call.withdrawn_at IS NULL AND (call.last_deadline_at > ${now}
  OR (call.last_deadline_at IS NULL AND (call.source_status <> 'closed' OR call.opens_at > ${now}))))`;

/** Names a value in a query, and gives its name. */
const adding =
  (query: SelectQueryBuilder<CallEntity>) =>
  (value: unknown): string => {
    const name = `value${Object.keys(query.getParameters()).length}`;
    query.setParameter(name, value);
    return `:${name}`;
  };

/** What the words bring beside what a call means, in points: for standing there, and for standing often and in the title. */
const [HELD, WEIGHED] = [10, 20];

/** Joins how near calls are in meaning to a page of a search, and gives the key of its order. */
function bestFirst(page: SelectQueryBuilder<CallEntity>, text: SearchedText): string {
  const add = adding(page);
  const query = searchQuerySql(text, add);
  const words = `CASE WHEN call.search @@ ${query} THEN ${HELD} + ${WEIGHED} * ts_rank(call.search, ${query}) ELSE 0 END`;
  if (text.near.size === 0) return `(${words})::float8`;
  const [ids, points] = [add([...text.near.keys()]), add([...text.near.values()])];
  page.leftJoin(
    `(SELECT * FROM unnest(${ids}::uuid[], ${points}::float8[]) AS n(id, points))`,
    'near',
    'near.id = call.id',
  );
  return `(${words} + coalesce(near.points, 0))::float8`;
}

/** Calls as they stand, and as they stood. */
@Injectable()
export class CallRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * A page of calls: best first where something is searched for, else the ones first seen last, as also where so many are found
   * that to rank them would take seconds. `total` counts all that pass the filter; each call's `place` is for the cursor of a page
   * that begins behind it.
   */
  async list(
    filter: CallFilter,
    now: Date,
    limit: number,
    after: CallPlace | null,
  ): Promise<{ items: PlacedCall[]; total: number }> {
    const counting = this.filtered(filter, now).select('count(*)::int', 'total');
    const counted = async (): Promise<number> => (await counting.getRawOne<{ total: number }>())!.total;
    const page = this.filtered(filter, now).select(DATED_SQL);
    // How many there are decides the order of a search; else both are one statement.
    const { text } = filter;
    const found = text ? await counted() : null;
    if (found === null) page.addSelect(`(${counting.getQuery()})`, 'total');
    const key = text && found !== null && isRanked(true, found) ? bestFirst(page, text) : 'call.first_seq';
    page.addSelect(key, 'key').orderBy(key, 'DESC').addOrderBy('call.id', 'ASC').limit(limit);
    if (after)
      page.andWhere(`(${key} < :key OR (${key} = :key AND call.id > :id))`, { key: after.key, id: after.id });
    const rows = await page.getRawMany<DatedCall & { key: number | string; total?: number }>();
    const total = found ?? rows[0]?.total ?? (await counted());
    return {
      items: rows.map(({ key: at, total: _, ...call }) => ({
        call,
        place: { key: Number(at), id: call.id },
      })),
      total,
    };
  }

  private filtered(filter: CallFilter, now: Date): SelectQueryBuilder<CallEntity> {
    const query = this.database.createQueryBuilder(CallEntity, 'call').where('true').setParameters({ now });
    if (filter.text) query.andWhere(searchSql(filter.text, adding(query)));
    if (filter.ids) query.andWhere('call.id = ANY(:ids)', { ids: filter.ids });
    if (filter.status) query.andWhere(`${STATUS_SQL} = :status`, { status: filter.status });
    if (filter.programme) {
      // A code is looked for only where no call bears such a name: it stands in the content, which takes long to unpack for every call.
      query.andWhere(
        `(lower(call.programme) = lower(:programme) OR (NOT EXISTS (
             SELECT 1 FROM call named WHERE lower(named.programme) = lower(:programme) AND named.content->'programme'->>'name' IS NOT NULL)
           AND call.content->'programme'->>'code' = :programme))`,
        { programme: filter.programme },
      );
    }
    if (filter.source)
      query.andWhere(
        'EXISTS (SELECT 1 FROM source_record s WHERE s.call_id = call.id AND s.source_id = :source)',
        { source: filter.source },
      );
    // A call has a deadline after a moment where its last one is; only of one that closes behind the window all have to be looked at.
    if (filter.deadlineAfter)
      query.andWhere('call.last_deadline_at > :after', { after: filter.deadlineAfter });
    if (filter.deadlineBefore) {
      query.andWhere(
        `(call.last_deadline_at < :before OR EXISTS (SELECT 1 FROM jsonb_array_elements(call.deadlines) d
           WHERE (d->>'at')::timestamptz < :before AND (d->>'at')::timestamptz > coalesce(:from::timestamptz, '-infinity')))`,
        { before: filter.deadlineBefore, from: filter.deadlineAfter ?? null },
      );
    }
    return query;
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

  /** Where calls are seen, by call. */
  async sourceRecords(callIds: string[]): Promise<Map<string, Seen[]>> {
    const rows: (Seen & { callId: string })[] = await this.database.query(
      `SELECT call_id AS "callId", source_id AS "sourceId", summary->>'url' AS url, leads, last_seen_at AS "lastSeenAt", missing_since AS "missingSince", gone_at AS "goneAt"
         FROM source_record WHERE call_id = ANY($1) ORDER BY source_id, key`,
      [callIds],
    );
    return new Map(callIds.map((id) => [id, rows.filter((r) => r.callId === id)]));
  }

  /** What is stored behind a place in the order of versions, oldest first, so many at a time; only what matching needs of it. */
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
