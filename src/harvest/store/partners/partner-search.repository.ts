import { Column, DataSource, Entity, type EntityManager, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { ParsedPartnerSearch } from '../../domain/partner-search.js';
import type { PartnerReading } from '../../domain/partner-validation.js';
import { writeEvents } from '../../../calls/store/event.repository.js';

export const PARTNER_READING_STATES = ['new', 'reading', 'accepted', 'rejected', 'failed'] as const;
type PartnerReadingState = (typeof PARTNER_READING_STATES)[number];

/** The state of a source's partner search readings, separate from that of its calls. */
@Entity('partner_reading')
export class PartnerReadingEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  /** The result of the last reading, or that one is under way. */
  @Column('text', { default: 'new' }) state: PartnerReadingState;
  @Column('text', { nullable: true }) reason: string | null;
  /** The claim of the reading under way: a later one has another. */
  @Column('uuid', { nullable: true }) claim: string | null;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt: Date | null;
  /** When the last accepted reading began: the partner searches are as of then. */
  @Column('timestamptz', { name: 'last_good_at', nullable: true }) lastGoodAt: Date | null;
  @Column('timestamptz', { name: 'due_at' }) dueAt: Date;
  /** The number of rows in the last reading, if rejected for having so few. */
  @Column('integer', { nullable: true }) refused: number | null;
  /** Rows that the last accepted reading could not read, and why the first could not. */
  @Column('integer', { default: 0 }) unread: number;
  @Column('text', { name: 'unread_why', nullable: true }) unreadWhy: string | null;
}

/** A partner search that an organisation published for a topic. The organisation is not stored. */
@Entity('partner_search')
@Index('partner_search_topic', ['topic'])
class PartnerSearchEntity {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId: string;
  /** The source's own name for it. */
  @PrimaryColumn('text') id: string;
  /** The topic's identifier in lower case; a search for several topics has a row for each. */
  @PrimaryColumn('text') topic: string;
  @Column('text') wants: ParsedPartnerSearch['wants'];
  /** The source's code, two letters of ISO 3166, and the name that the source gives: each if known. */
  @Column('text', { name: 'country_code', nullable: true }) countryCode: string | null;
  @Column('text', { name: 'country_iso', nullable: true }) countryIso: string | null;
  @Column('text', { name: 'country_name', nullable: true }) countryName: string | null;
  @Column('text', { name: 'organisation_type', nullable: true }) organisationType: string | null;
  @Column('text', { name: 'organisation_type_name', nullable: true }) organisationTypeName: string | null;
  @Column('text', { nullable: true }) summary: string | null;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt: Date | null;
  /** The start of the reading that first showed it. */
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt: Date;
  /** The start of the first reading that no longer showed it. */
  @Column('timestamptz', { name: 'gone_at', nullable: true }) goneAt: Date | null;
}

export type ShownPartnerSearch = Omit<PartnerSearchEntity, 'goneAt'>;
/** The position where the last page ended. */
interface PartnerPlace {
  at: Date;
  sourceId: string;
  id: string;
}
/** Returns the position of a search in its call's list. */
export const partnerPlace = ({
  publishedAt,
  firstSeenAt,
  sourceId,
  id,
}: ShownPartnerSearch): PartnerPlace => ({ at: publishedAt ?? firstSeenAt, sourceId, id });
export interface PartnerCount {
  offers: number;
  requests: number;
}

/** The searches for a call's topic: only for grants, since a cascade call has its parent's identifier. */
const OF_CALL = `FROM partner_search p JOIN call c ON p.topic = lower(c.content->>'identifier') AND c.content->>'kind' = 'grant' WHERE c.id = $1 AND p.gone_at IS NULL`;
const COLUMNS = `p.source_id AS "sourceId", p.id, p.topic, p.wants, p.country_code AS "countryCode", p.country_iso AS "countryIso", p.country_name AS "countryName",
  p.organisation_type AS "organisationType", p.organisation_type_name AS "organisationTypeName", p.summary, p.published_at AS "publishedAt", p.first_seen_at AS "firstSeenAt"`;
/** Ordered by publication date, or by when it was first seen if that is unknown. */
const AT = 'coalesce(p.published_at, p.first_seen_at)';

@Injectable()
export class PartnerSearchRepository {
  constructor(private readonly database: DataSource) {}

  async count(callId: string): Promise<PartnerCount> {
    const rows: PartnerCount[] = await this.database.query(
      `SELECT count(*) FILTER (WHERE p.wants = 'offer')::int AS offers, count(*) FILTER (WHERE p.wants = 'request')::int AS requests ${OF_CALL}`,
      [callId],
    );
    return rows[0]!;
  }

  /** Returns a page of a call's searches, newest first. */
  list(callId: string, limit: number, after: PartnerPlace | null): Promise<ShownPartnerSearch[]> {
    const behind = after ? `AND (${AT}, p.source_id, p.id) < ($3, $4, $5)` : '';
    return this.database.query(
      `SELECT ${COLUMNS} ${OF_CALL} ${behind} ORDER BY ${AT} DESC, p.source_id DESC, p.id DESC LIMIT $2`,
      after ? [callId, limit, after.at, after.sourceId, after.id] : [callId, limit],
    );
  }

  /**
   * Returns a call's current searches first shown in the readings that began at these moments, newest first.
   */
  seenAt(callId: string, moments: Date[]): Promise<ShownPartnerSearch[]> {
    return this.database.query(
      `SELECT ${COLUMNS} ${OF_CALL} AND p.first_seen_at = ANY($2) ORDER BY ${AT} DESC, p.source_id DESC, p.id DESC`,
      [callId, moments],
    );
  }
}

interface ValidatedReading {
  sourceId: string;
  /** The topics queried: the reading says nothing about others. */
  topics: string[];
  reading: PartnerReading;
  /** When it began. */
  at: Date;
  /** Whether this is the source's first reading: its searches are no news. */
  baseline: boolean;
}

const partnersKey = (callId: string, at: Date): string => `partners/${callId}/${at.toISOString()}`;

/** Returns one row per queried topic: a partner search may also be for topics that we do not know. */
function rowsOf({ sourceId, topics, reading: { searches, names } }: ValidatedReading): object[] {
  const asked = new Set(topics.map((t) => t.toLowerCase()));
  const [countries, kinds] = [names.countries, names.organisationTypes].map(
    (coded) => new Map(coded.map((c) => [c.code, c.name])),
  );
  return searches.flatMap((s) =>
    [...new Set(s.topics.map((t) => t.toLowerCase()))]
      .filter((t) => asked.has(t))
      .map((topic) => ({
        source_id: sourceId,
        id: s.id,
        topic,
        wants: s.wants,
        country_code: s.country,
        country_iso: s.countryIso,
        country_name: countries!.get(s.country ?? '') ?? null,
        organisation_type: s.organisationType,
        organisation_type_name: kinds!.get(s.organisationType ?? '') ?? null,
        summary: s.summary,
        published_at: s.publishedAt,
      })),
  );
}

/** A search that was gone and is back is not new; a name that is missing this time is kept. */
const PUT = `
  INSERT INTO partner_search (source_id, id, topic, wants, country_code, country_iso, country_name, organisation_type, organisation_type_name, summary, published_at, first_seen_at)
  SELECT r.source_id, r.id, r.topic, r.wants, r.country_code, r.country_iso, r.country_name, r.organisation_type, r.organisation_type_name, r.summary, r.published_at, $2
    FROM jsonb_to_recordset($1) AS r(source_id text, id text, topic text, wants text, country_code text, country_iso text, country_name text, organisation_type text,
      organisation_type_name text, summary text, published_at timestamptz)
  ON CONFLICT (source_id, id, topic) DO UPDATE SET wants = excluded.wants, country_code = excluded.country_code, country_iso = excluded.country_iso,
    country_name = coalesce(excluded.country_name, CASE WHEN partner_search.country_code = excluded.country_code THEN partner_search.country_name END),
    organisation_type = excluded.organisation_type,
    organisation_type_name = coalesce(excluded.organisation_type_name, CASE WHEN partner_search.organisation_type = excluded.organisation_type THEN partner_search.organisation_type_name END),
    summary = excluded.summary, published_at = excluded.published_at, gone_at = NULL`;

/**
 * Stores an accepted reading and marks searches it no longer shows as gone; returns how many are new. New
 * searches are an event for calls with followers.
 */
async function storePartnerSearches(tx: EntityManager, accepted: ValidatedReading): Promise<number> {
  const { sourceId, topics, reading, at, baseline } = accepted;
  const asked = topics.map((t) => t.toLowerCase());
  const rows = rowsOf(accepted);
  const pairs = JSON.stringify(rows);
  await tx.query(
    `UPDATE partner_search p SET gone_at = $3 WHERE p.source_id = $1 AND p.gone_at IS NULL AND p.topic = ANY($2) AND NOT (p.id = ANY($5))
        AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset($4) AS r(id text, topic text) WHERE r.id = p.id AND r.topic = p.topic)`,
    [sourceId, asked, at, pairs, reading.unreadKeys],
  );
  await tx.query(PUT, [pairs, at]);
  const fresh: { id: string; topic: string }[] = await tx.query(
    'SELECT id, topic FROM partner_search WHERE source_id = $1 AND first_seen_at = $2',
    [sourceId, at],
  );
  if (!baseline) await notifyFollowers(tx, [...new Set(fresh.map((f) => f.topic))], at);
  return new Set(fresh.map((f) => f.id)).size;
}

/**
 * Writes events only for calls with followers: any other would make every recipient's planner look at
 * irrelevant calls.
 */
async function notifyFollowers(tx: EntityManager, topics: string[], at: Date): Promise<void> {
  const calls: { id: string }[] = await tx.query(
    `SELECT c.id FROM call c WHERE upper(c.content->>'identifier') = ANY($1) AND c.content->>'kind' = 'grant'
        AND EXISTS (SELECT 1 FROM follow f WHERE f.kind = 'call' AND f.target = c.id::text AND f.left_at IS NULL) ORDER BY c.id`,
    [topics.map((t) => t.toUpperCase())],
  );
  await writeEvents(
    tx,
    calls.map(({ id }) => ({ key: partnersKey(id, at), kind: 'partners' as const, callId: id })),
    at,
  );
}

/** A reading that has begun, and what it is compared with. */
export interface BegunReading {
  claim: string;
  startedAt: Date;
  refused: number | null;
}
/** The end of a reading that changes nothing. */
interface InVain {
  state: 'rejected' | 'failed';
  reason: string;
  dueAt: Date;
  refused: number | null;
}

/** A known call is queried until it is over: its deadline has passed, or its source has withdrawn it. */
const ALIVE = '(c.last_deadline_at IS NULL OR c.last_deadline_at > $2) AND c.withdrawn_at IS NULL';

/** The partner search readings: one row per source, with its due time. */
@Injectable()
export class PartnerReadingRepository {
  constructor(private readonly database: DataSource) {}

  private get table() {
    return this.database.getRepository(PartnerReadingEntity);
  }

  async all(): Promise<Map<string, PartnerReadingEntity>> {
    return new Map((await this.table.find()).map((r) => [r.sourceId, r]));
  }

  /**
   * Returns the due sources among these: after their first good harvest, since no topic is known before it.
   */
  async due(sourceIds: string[], now: Date): Promise<string[]> {
    await this.database.query(
      `INSERT INTO partner_reading (source_id, due_at) SELECT id, $2 FROM source WHERE id = ANY($1) AND last_good_run_at IS NOT NULL ON CONFLICT DO NOTHING`,
      [sourceIds, now],
    );
    const rows: { id: string }[] = await this.database.query(
      'SELECT source_id AS id FROM partner_reading WHERE source_id = ANY($1) AND due_at <= $2 ORDER BY 1',
      [sourceIds, now],
    );
    return rows.map((r) => r.id);
  }

  /**
   * Begins a due reading; returns null if it is no longer due. It becomes due again at `again`, in case its
   * process is killed.
   */
  async begin(sourceId: string, now: Date, again: Date): Promise<BegunReading | null> {
    const claim = randomUUID();
    const [rows]: [{ refused: number | null }[]] = await this.database.query(
      `UPDATE partner_reading SET state = 'reading', claim = $3, started_at = $2, due_at = $4 WHERE source_id = $1 AND due_at <= $2 RETURNING refused`,
      [sourceId, now, claim, again],
    );
    return rows[0] ? { claim, startedAt: now, refused: rows[0].refused } : null;
  }

  /** Returns a source's topics that are not over, with their identifiers as written there. */
  async topics(sourceId: string, now: Date): Promise<string[]> {
    const rows: { topic: string }[] = await this.database.query(
      `SELECT DISTINCT s.summary->>'identifier' AS topic FROM source_record s JOIN call c ON c.id = s.call_id
        WHERE s.source_id = $1 AND s.gone_at IS NULL AND s.summary->>'kind' = 'grant' AND s.summary->>'identifier' IS NOT NULL AND ${ALIVE} ORDER BY 1`,
      [sourceId, now],
    );
    return rows.map((r) => r.topic);
  }

  async known(sourceId: string, topics: string[]): Promise<number> {
    const rows: { n: number }[] = await this.database.query(
      'SELECT count(DISTINCT id)::int AS n FROM partner_search WHERE source_id = $1 AND gone_at IS NULL AND topic = ANY($2)',
      [sourceId, topics.map((t) => t.toLowerCase())],
    );
    return rows[0]!.n;
  }

  /**
   * Stores the result of an accepted reading and ends it, in one transaction; returns the number of new
   * searches, null if another reading has begun since.
   */
  async accepted(
    sourceId: string,
    begun: BegunReading,
    topics: string[],
    reading: PartnerReading,
    ends: { now: Date; dueAt: Date },
  ): Promise<number | null> {
    return this.database.transaction(async (tx) => {
      const [rows]: [{ baseline: boolean }[]] = await tx.query(
        `UPDATE partner_reading SET state = 'accepted', reason = NULL, claim = NULL, ended_at = $3, due_at = $4, refused = NULL, unread = $5, unread_why = $6
          WHERE source_id = $1 AND claim = $2 RETURNING last_good_at IS NULL AS baseline`,
        [sourceId, begun.claim, ends.now, ends.dueAt, reading.unread, reading.unreadWhy],
      );
      if (!rows[0]) return null;
      await tx.update(PartnerReadingEntity, { sourceId }, { lastGoodAt: begun.startedAt });
      return storePartnerSearches(tx, {
        sourceId,
        topics,
        reading,
        at: begun.startedAt,
        baseline: rows[0].baseline,
      });
    });
  }

  /** Ends a reading that is not stored. */
  async inVain(
    sourceId: string,
    { claim }: BegunReading,
    { state, reason, dueAt, refused }: InVain,
    now: Date,
  ): Promise<void> {
    await this.table.update(
      { sourceId, claim },
      { state, reason, claim: null, endedAt: now, dueAt, refused },
    );
  }
}
