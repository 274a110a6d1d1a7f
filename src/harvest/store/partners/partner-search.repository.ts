import { Column, DataSource, Entity, Index, PrimaryColumn } from 'typeorm';
import { Injectable } from '@nestjs/common';
import type { ParsedPartnerSearch } from '../../domain/partner-search.js';

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
