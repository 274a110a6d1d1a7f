import { z } from 'zod';

/**
 * What an organisation that looks for partners wants: to offer its participation, or to find a participant.
 */
export const WANTS = ['offer', 'request'] as const;

/** A code of the source, with its meaning if known. */
export const Coded = z.object({
  code: z.string().min(1).max(50),
  name: z.string().min(1).max(200).nullable(),
});
export type Coded = z.infer<typeof Coded>;

/** A partner search as published by its source. The publisher is not stored: no name, number or address. */
export const ParsedPartnerSearch = z.object({
  id: z.string().min(1).max(100),
  /** The identifiers of its topics, as written there. */
  topics: z.array(z.string().min(1).max(200)).min(1).max(200),
  wants: z.enum(WANTS),
  country: z.string().min(1).max(50).nullable(),
  /** Two letters (ISO 3166), if the code is known. */
  countryIso: z.string().length(2).nullable(),
  organisationType: z.string().min(1).max(50).nullable(),
  /** Plain text without e-mail addresses and telephone numbers. */
  summary: z.string().max(20_000).nullable(),
  publishedAt: z.iso.datetime().nullable(),
});
export type ParsedPartnerSearch = z.infer<typeof ParsedPartnerSearch>;

/** The content of a partner search document: a page of searches, or the meanings of codes. */
export const ParsedPartnerPage = z.object({
  /** The total number of rows for the query; null in a document that lists none. */
  total: z.number().int().nonnegative().nullable(),
  searches: z.array(ParsedPartnerSearch),
  /**
   * Rows skipped on purpose, e.g. those of natural persons: identified by a key, since they count as rows.
   */
  leftOut: z.array(z.string().min(1)),
  /** Rows that could not be read, each with the reason, and its key if it has one. */
  unread: z.array(z.object({ key: z.string().nullable(), why: z.string() })),
  names: z.object({ countries: z.array(Coded), organisationTypes: z.array(Coded) }),
});
export type ParsedPartnerPage = z.infer<typeof ParsedPartnerPage>;

export interface ReadPartnerPage {
  key: string;
  page: ParsedPartnerPage;
}
