import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ParsedPartnerSearch } from '../../domain/partner-search.js';

/** A partner search that an organisation published for a topic. The organisation is not stored. */
@Entity('partner_search')
@Index('partner_search_topic', ['topic'])
export class PartnerSearchEntity {
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
