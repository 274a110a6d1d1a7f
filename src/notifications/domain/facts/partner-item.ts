import type { CallContent } from '../../../calls/domain/index.js';
import type { ParsedPartnerSearch } from '../../../harvest/domain/index.js';

/** A partner search as people are told of it. */
export interface AnnouncedPartnerSearch {
  wants: ParsedPartnerSearch['wants'];
  /** Two letters of ISO 3166, and the name that the source gives, in English. */
  country: { iso: string | null; name: string | null };
  /** In English, where the source names it. */
  organisationType: string | null;
  summary: string | null;
  publishedAt: Date | null;
}

/** A call that somebody follows, and the partner searches that are new to it, newest first. */
export interface PartnerItem {
  callId: string;
  call: CallContent;
  searches: AnnouncedPartnerSearch[];
  pageUrl: string;
}
