import type { CallContent } from '../../../calls/domain/call-content.js';
import type { ParsedPartnerSearch } from '../../../harvest/domain/partner-search.js';

export interface AnnouncedPartnerSearch {
  wants: ParsedPartnerSearch['wants'];
  /** The ISO 3166 two-letter code, and the English name given by the source. */
  country: { iso: string | null; name: string | null };
  /** In English, if the source names it. */
  organisationType: string | null;
  summary: string | null;
  publishedAt: Date | null;
}

/** A followed call and its new partner searches, newest first. */
export interface PartnerItem {
  callId: string;
  call: CallContent;
  searches: AnnouncedPartnerSearch[];
  pageUrl: string;
}
