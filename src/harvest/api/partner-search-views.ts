import { z } from 'zod';
import { Coded, WANTS } from '../domain/partner-search.js';
import type { ShownPartnerSearch } from '../store/partners/partner-search.repository.js';

/**
 * A partner search that an organisation published for a call. It does not name the organisation: the source
 * does, for users who sign in there.
 */
export const PartnerSearchView = z
  .object({
    source: z.string(),
    id: z.string().describe("its source's own name for it"),
    wants: z.enum(WANTS).describe('offer: it offers to take part; request: it is looking for a partner'),
    country: Coded.extend({ iso: z.string().nullable().describe('ISO 3166, two letters') })
      .nullable()
      .describe("the source's code, and its name if the source gives one"),
    organisationType: Coded.nullable().describe(
      "the kind of organisation: the source's code, and its name if the source gives one",
    ),
    summary: z.string().nullable().describe('without e-mail addresses and telephone numbers'),
    publishedAt: z.iso.datetime().nullable(),
    firstSeenAt: z.iso.datetime(),
  })
  .meta({ id: 'PartnerSearch' });
export type PartnerSearchView = z.infer<typeof PartnerSearchView>;

/** The number of partner searches of a call, and the newest ones. */
export interface PartnersOfCall {
  offers: number;
  requests: number;
  items: PartnerSearchView[];
}

export const partnerSearchView = (p: ShownPartnerSearch): PartnerSearchView => ({
  source: p.sourceId,
  id: p.id,
  wants: p.wants,
  country: p.countryCode === null ? null : { code: p.countryCode, name: p.countryName, iso: p.countryIso },
  organisationType:
    p.organisationType === null ? null : { code: p.organisationType, name: p.organisationTypeName },
  summary: p.summary,
  publishedAt: p.publishedAt?.toISOString() ?? null,
  firstSeenAt: p.firstSeenAt.toISOString(),
});
