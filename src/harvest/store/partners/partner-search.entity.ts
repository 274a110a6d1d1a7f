import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
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
