import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PartnerSearchEntity } from './partner-search.entity.js';

export type ShownPartnerSearch = Omit<PartnerSearchEntity, 'goneAt'>;
/** The position where the last page ended. */
export interface PartnerPlace {
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

/** The partner searches of calls. */
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
