import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { grouped } from '../../kernel/collections.js';
import { Values } from '../../platform/database/values.js';
import { CallEntity } from './call.entity.js';
import { type ListedCall, ListedCalls } from './listed-calls.repository.js';
import { type CallFilter, filterSql } from './call-filter.js';
import { bestFirst, FOUND } from './search-sql.js';
import { CallVersionEntity } from './call-version.entity.js';

/** The end of the last page: its last call's sort key, and its id to break ties. */
export interface CallPlace {
  key: number;
  id: string;
}
/** Where a source shows a call, without its content. */
export interface Seen {
  sourceId: string;
  /** Whether the call's content comes from this source. */
  leads: boolean;
  lastSeenAt: Date;
  missingSince: Date | null;
  goneAt: Date | null;
  url: string | null;
}
export interface PlacedCall {
  call: ListedCall;
  place: CallPlace;
  /** Whether it is close to a search in meaning, without its words. */
  near: boolean;
}

/**
 * Ranking one call takes a tenth of a millisecond; words in more calls than this do not distinguish any of
 * them.
 */
const MOST_RANKED = 5_000;

/** Whether the results for these words are ranked. */
export const isRanked = (isSearch: boolean, total: number): boolean => isSearch && total <= MOST_RANKED;

/** Returns the condition for rows after the previous page. */
function behind(key: string, after: CallPlace, values: Values): string {
  const [at, id] = [values.add(after.key), values.add(after.id)];
  return `(${key} < ${at} OR (${key} = ${at} AND call.id > ${id}))`;
}

/** Current calls and their past versions. */
@Injectable()
export class CallRepository {
  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
  ) {}

  /**
   * Returns a page of calls: ranked for a search, otherwise most recently first seen, also if ranking so many
   * results would take seconds. `total` counts all that pass the filter; each call's `place` is for the
   * cursor of the page that starts after it.
   */
  async list(
    filter: CallFilter,
    now: Date,
    limit: number,
    after: CallPlace | null,
  ): Promise<{ items: PlacedCall[]; total: number }> {
    const { text } = filter;
    // A search's order depends on its number of results; otherwise both are one statement.
    const found = text ? await this.count(filter, now) : null;
    const values = new Values();
    const where = filterSql(filter, now, values);
    const total =
      found === null ? `(SELECT count(*)::int FROM call WHERE ${where})` : `${values.add(found)}::int`;
    const ranked = text !== undefined && found !== null && isRanked(true, found);
    const { key, join } = ranked ? bestFirst(text, values) : { key: 'call.first_seq', join: '' };
    // A search that is no longer ranked, since it finds more calls, may continue from a number of points.
    const from = after && !ranked ? { ...after, key: Math.ceil(after.key) } : after;
    // Inlined, as a parameter would be replanned each time: PostgreSQL assumes a tenth of all rows.
    const rows: { id: string | null; key: number | string; total: number }[] = await this.database.query(
      `SELECT counted.total, page.* FROM (SELECT ${total} AS total) counted LEFT JOIN (
           SELECT call.id, ${key} AS key FROM call ${join}
            WHERE ${where} AND ${from ? behind(key, from, values) : 'true'} ORDER BY ${key} DESC, call.id LIMIT ${limit}) page
           ON true ORDER BY page.key DESC, page.id`,
      values.all,
    );
    // An empty page still has one row, with the total.
    const shown = rows.flatMap(({ id, key: at }) => (id === null ? [] : [{ id, key: Number(at) }]));
    const calls = await this.listed.byId(shown.map(({ id }) => id));
    return {
      items: shown.map((place) => ({
        call: calls.get(place.id)!,
        place,
        near: ranked && place.key < FOUND,
      })),
      total: rows[0]!.total,
    };
  }

  private async count(filter: CallFilter, now: Date): Promise<number> {
    const values = new Values();
    const rows: { total: number }[] = await this.database.query(
      `SELECT count(*)::int AS total FROM call WHERE ${filterSql(filter, now, values)}`,
      values.all,
    );
    return rows[0]!.total;
  }

  findById(id: string): Promise<CallEntity | null> {
    return this.database.getRepository(CallEntity).findOneBy({ id });
  }

  /** Returns a page of a call's versions, newest first. */
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

  /** Returns where calls are seen, by call. */
  async seenAt(callIds: readonly string[]): Promise<Map<string, Seen[]>> {
    const rows: (Seen & { callId: string })[] = await this.database.query(
      `SELECT call_id AS "callId", source_id AS "sourceId", summary->>'url' AS url, leads, last_seen_at AS "lastSeenAt", missing_since AS "missingSince", gone_at AS "goneAt"
         FROM source_record WHERE call_id = ANY($1) ORDER BY source_id, key`,
      [callIds],
    );
    return new Map(
      [...grouped(rows, (r) => [r.callId])].map(([id, of]) => [id, of.map(({ callId: _, ...seen }) => seen)]),
    );
  }

  /** Returns where a call is seen. */
  async sourceRecords(callId: string): Promise<Seen[]> {
    return (await this.seenAt([callId])).get(callId) ?? [];
  }

  /**
   * Returns calls stored after a position in the order of versions, oldest first, up to `limit`; only the
   * columns that matching needs.
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

  /** Returns the ids of the calls first seen since then. */
  async firstSeenSince(since: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.database.query(
      'SELECT id FROM call WHERE first_seen_at >= $1',
      [since],
    );
    return rows.map(({ id }) => id);
  }

  /** Returns the texts of calls, their sections one below the other. */
  async texts(callIds: readonly string[]): Promise<Map<string, string>> {
    const rows: { id: string; text: string | null }[] = await this.database.query(
      `SELECT id, (SELECT string_agg(s.value->>'text', E'\\n' ORDER BY s.ordinality)
                     FROM jsonb_array_elements(content->'sections') WITH ORDINALITY s) AS text
         FROM call WHERE id = ANY($1)`,
      [callIds],
    );
    return new Map(rows.map(({ id, text }) => [id, text ?? '']));
  }

  /** Returns the last position in the order of versions; '0' if nothing is stored yet. */
  async lastSeq(): Promise<string> {
    const rows: { seq: string | null }[] = await this.database.query('SELECT max(seq) AS seq FROM call');
    return rows[0]!.seq ?? '0';
  }
}
