import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CallContent, Summary } from '../domain/call-content.js';
import { CallEntity, CallVersionEntity } from './call.entity.js';
import { grouped } from '../../kernel/collections.js';
import { nextDeadlineOf } from '../domain/facts/deadline.js';
import { closingNextFirst } from '../domain/related-calls.js';
import { Values } from '../../platform/database/values.js';
import {
  bottomUpSql,
  type CallFilter,
  EVERY_CALL,
  filterSql,
  foldedSql,
  liveSql,
  recentSql,
  BEST_FIRST,
  FOUND,
  orderedSql,
} from './call-filter.js';

export type ListedCall = Pick<
  CallEntity,
  | 'id'
  | 'version'
  | 'programme'
  | 'opensAt'
  | 'lastDeadlineAt'
  | 'sourceStatus'
  | 'withdrawnAt'
  | 'firstSeenAt'
  | 'objective'
  | 'written'
> & { content: Summary };

/** Calls as lists show them. Calls are never deleted, so every call of a page exists. */
@Injectable()
export class ListedCalls {
  constructor(private readonly database: DataSource) {}

  async byId(
    ids: readonly string[],
    tx: EntityManager = this.database.manager,
  ): Promise<Map<string, ListedCall>> {
    if (!ids.length) return new Map();
    const calls: ListedCall[] = await tx.query(
      `SELECT id, version, programme, opens_at AS "opensAt", last_deadline_at AS "lastDeadlineAt", source_status AS "sourceStatus",
              withdrawn_at AS "withdrawnAt", first_seen_at AS "firstSeenAt", summary AS content, objective, written
         FROM call WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(calls.map((call) => [call.id, call]));
  }
}

/** The end of the last page: its last call's sort key, and in this order what breaks ties of a search. */
export interface CallPlace {
  key: number;
  /** When it closes for the last time; 0 if that is not known. */
  closes: number;
  reference: string;
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
interface PlacedCall {
  call: ListedCall;
  place: CallPlace;
  /** Whether it is close to a search in meaning, without its words. */
  near: boolean;
  below: ListedCall[];
}
/** A page of calls, how many pass the filter in all, and how many of them stand below another. */
interface PlacedCalls {
  items: PlacedCall[];
  total: number;
  folded: number;
}

/** Returns the condition for rows after the previous page of a search. */
const behind = ({ key, closes, reference, id }: CallPlace, values: Values): string =>
  `(-key, -closes, reference COLLATE "C", id) > (${values.add(-key)}::float8, ${values.add(-closes)}::float8, ${values.add(reference)}, ${values.add(id)}::uuid)`;

/**
 * Returns the statement for a page of topics, the one with the newest call first. It goes from call to call
 * and looks up whether a newer one has the same topic (`OFFSET 0`), so that a page costs the same whatever is
 * stored. Where nothing is filtered, the calls below others are not counted: that would read all topics.
 */
function newestFolded(where: string, limit: number, after: CallPlace | null, values: Values): string {
  const twins = (which: string): string =>
    `(SELECT * FROM call WHERE ${where}) twin WHERE twin.topic = call.topic AND twin.first_seq ${which} call.first_seq`;
  const folded = where === EVERY_CALL ? '0' : 'count(call.topic) - count(DISTINCT call.topic)';
  return `SELECT counted.*, page.* FROM (SELECT count(*)::int AS total, (${folded})::int AS folded FROM call WHERE ${where}) counted LEFT JOIN (
      SELECT call.id, call.first_seq::float8 AS key, 0 AS closes, '' AS reference,
             (SELECT array_agg(twin.id ORDER BY twin.first_seq DESC) FROM ${twins('<')}) AS below
        FROM call WHERE ${where} AND ${after ? `call.first_seq < ${values.add(Math.ceil(after.key))}` : 'true'}
         AND NOT EXISTS (SELECT FROM ${twins('>')} OFFSET 0) ORDER BY call.first_seq DESC LIMIT ${limit}) page
      ON true ORDER BY page.key DESC`;
}

/** Current calls and their past versions. */
@Injectable()
export class CallRepository {
  constructor(
    private readonly database: DataSource,
    private readonly listed: ListedCalls,
  ) {}

  /**
   * Returns a page of calls: best first for a search, otherwise most recently first seen. `total` counts all
   * that pass the filter; each call's `place` is for the cursor of the page that starts after it.
   */
  async list(filter: CallFilter, now: Date, limit: number, after: CallPlace | null): Promise<PlacedCalls> {
    const values = new Values();
    const { text, ...others } = filter;
    const where = filterSql(others, now, values);
    // Inlined, as a parameter would be replanned each time: PostgreSQL assumes a tenth of all rows.
    const rows: ({ total: number } & (CallPlace | { id: null }))[] = await (text
      ? this.byIndex(
          `${orderedSql(text, where, values)}
           SELECT counted.total, page.* FROM (SELECT count(*)::int AS total FROM ordered) counted LEFT JOIN (
             SELECT * FROM ordered WHERE ${after ? behind(after, values) : 'true'} ORDER BY ${BEST_FIRST} LIMIT ${limit}) page
             ON true ORDER BY ${BEST_FIRST}`,
          values,
        )
      : this.database.query(
          `SELECT counted.total, page.* FROM (SELECT (SELECT count(*)::int FROM call WHERE ${where}) AS total) counted LEFT JOIN (
             SELECT call.id, call.first_seq::float8 AS key, 0 AS closes, '' AS reference FROM call
              WHERE ${where} AND ${after ? `call.first_seq < ${values.add(Math.ceil(after.key))}` : 'true'} ORDER BY call.first_seq DESC LIMIT ${limit}) page
             ON true ORDER BY page.key DESC`,
          values.all,
        ));
    // An empty page still has one row, with the total.
    const shown = rows.flatMap((row) => (row.id === null ? [] : [row]));
    const calls = await this.listed.byId(shown.map(({ id }) => id));
    return {
      items: shown.map(({ id, key, closes, reference }) => ({
        call: calls.get(id)!,
        place: { key, closes, reference, id },
        near: text !== undefined && key < FOUND,
        below: [],
      })),
      total: rows[0]!.total,
      folded: 0,
    };
  }

  /**
   * Returns the same with one row for each topic, where the first of its calls that pass the filter would be:
   * of these the one that closes next, with the others below it. `folded` counts the others, if anything is
   * filtered.
   */
  async listFolded(
    filter: CallFilter,
    now: Date,
    limit: number,
    after: CallPlace | null,
  ): Promise<PlacedCalls> {
    const values = new Values();
    const { text, ...others } = filter;
    const where = filterSql(others, now, values);
    type Row = { total: number; folded: number } & ((CallPlace & { below: string[] | null }) | { id: null });
    const rows: Row[] = await (text
      ? this.byIndex<Row>(
          `${orderedSql(text, where, values)}, folded AS MATERIALIZED (
             ${foldedSql('(SELECT ordered.*, call.topic FROM ordered JOIN call ON call.id = ordered.id) told', BEST_FIRST, true)})
           SELECT counted.*, page.* FROM (SELECT count(*)::int AS total, (count(*) FILTER (WHERE nth > 1))::int AS folded FROM folded) counted LEFT JOIN (
             SELECT id, key, closes, reference, below FROM folded WHERE nth = 1 AND ${after ? behind(after, values) : 'true'} ORDER BY ${BEST_FIRST} LIMIT ${limit}) page
             ON true ORDER BY ${BEST_FIRST}`,
          values,
        )
      : this.database.query(newestFolded(where, limit, after, values), values.all));
    const shown = rows.flatMap((row) => (row.id === null ? [] : [row]));
    const calls = await this.listed.byId(shown.flatMap(({ id, below }) => [id, ...(below ?? [])]));
    return {
      items: shown.map(({ id, key, closes, reference, below }) => {
        const told = [id, ...(below ?? [])].map((one) => calls.get(one)!);
        const [call, ...others] = closingNextFirst(told, (one) => nextDeadlineOf(one, now));
        return {
          call: call!,
          place: { key, closes, reference, id },
          near: text !== undefined && key < FOUND,
          below: others,
        };
      }),
      total: rows[0]!.total,
      folded: rows[0]!.folded,
    };
  }

  /**
   * Words of most calls, as of two or three letters, are found by the indexes too: to the planner, unpacking
   * all words of each call costs nothing.
   */
  private byIndex<Row>(sql: string, values: Values): Promise<Row[]> {
    return this.database.transaction(async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      return tx.query<Row[]>(sql, values.all);
    });
  }

  findById(id: string): Promise<CallEntity | null> {
    return this.database.getRepository(CallEntity).findOneBy({ id });
  }

  /** Returns the current version of a call; null if there is no such call. */
  async versionOf(id: string): Promise<number | null> {
    const [row]: { version: number }[] = await this.database.query('SELECT version FROM call WHERE id = $1', [
      id,
    ]);
    return row?.version ?? null;
  }

  /**
   * Returns the contents of calls at one version of each, by call. Each is looked up (hence `OFFSET 0`): to
   * read all versions for a few costs the planner hardly more, by its estimate.
   */
  async contentsAt(places: { callId: string; version: number }[]): Promise<Map<string, CallContent>> {
    const rows: { callId: string; content: CallContent }[] = await this.database.query(
      `SELECT v.call_id AS "callId", v.content FROM jsonb_to_recordset($1) AS p("callId" uuid, version int)
         CROSS JOIN LATERAL (SELECT * FROM call_version WHERE call_id = p."callId" AND version = p.version OFFSET 0) v`,
      [JSON.stringify(places)],
    );
    return new Map(rows.map(({ callId, content }) => [callId, content]));
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

  /** Returns when something last happened to these calls that people are notified of. */
  async changedAt(callIds: readonly string[]): Promise<Map<string, Date>> {
    const rows: { id: string; at: Date }[] = await this.database.query(
      `SELECT call_id AS id, max(seen_at) AS at FROM call_version WHERE call_id = ANY($1) AND kinds <> '{}' GROUP BY call_id`,
      [callIds],
    );
    return new Map(rows.map(({ id, at }) => [id, at]));
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

function yearBefore(now: Date): Date {
  const since = new Date(now);
  since.setUTCFullYear(since.getUTCFullYear() - 1);
  return since;
}

/** The calls used to try out a profile. */
@Injectable()
export class RecentCallRepository {
  constructor(private readonly database: DataSource) {}

  /**
   * Returns those first seen in the last twelve months, those with a deadline since, and those without a
   * deadline that are not closed.
   */
  ofLastYear(now: Date): Promise<Set<string>> {
    return this.ids(recentSql(':since', ':now'), { since: yearBefore(now), now });
  }

  /** Returns those of them that are told to whom they fit: they are published, and have a subject. */
  announcedOfLastYear(now: Date): Promise<Set<string>> {
    return this.ids(
      `${recentSql(':since', ':now')} AND call.source_status <> 'draft' AND call.withdrawn_at IS NULL AND NOT ${bottomUpSql()}`,
      { since: yearBefore(now), now },
    );
  }

  /** Returns those that are open or forthcoming, and have a subject. */
  async toBeHad(now: Date): Promise<Set<string>> {
    return this.ids(`${liveSql(':now')} AND NOT ${bottomUpSql()}`, { now });
  }

  async byIds(ids: string[]): Promise<Map<string, CallEntity>> {
    const calls = await this.database
      .createQueryBuilder(CallEntity, 'call')
      .where('call.id = ANY(:ids)', { ids })
      .getMany();
    return new Map(calls.map((c) => [c.id, c]));
  }

  private async ids(where: string, parameters: Record<string, Date>): Promise<Set<string>> {
    const rows = await this.database
      .createQueryBuilder(CallEntity, 'call')
      .select('call.id', 'id')
      .where(where, parameters)
      .getRawMany<{ id: string }>();
    return new Set(rows.map((r) => r.id));
  }
}
