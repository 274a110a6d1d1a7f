import { z } from 'zod';

/**
 * What an organisation that looks for partners wants: to offer its part in a project, or somebody who takes
 * one.
 */
export const WANTS = ['offer', 'request'] as const;

/** A code of the source, with what it stands for where that is known. */
export const Coded = z.object({
  code: z.string().min(1).max(50),
  name: z.string().min(1).max(200).nullable(),
});
export type Coded = z.infer<typeof Coded>;

/**
 * A partner search as its source publishes it. Who published it is not kept: neither name, number nor
 * address.
 */
export const ParsedPartnerSearch = z.object({
  id: z.string().min(1).max(100),
  /** The identifiers of the topics that it is for, as they are written there. */
  topics: z.array(z.string().min(1).max(200)).min(1).max(200),
  wants: z.enum(WANTS),
  country: z.string().min(1).max(50).nullable(),
  /** Two letters (ISO 3166), where the code is a known one. */
  countryIso: z.string().length(2).nullable(),
  organisationType: z.string().min(1).max(50).nullable(),
  /** Plain text without e-mail addresses and telephone numbers. */
  summary: z.string().max(20_000).nullable(),
  publishedAt: z.iso.datetime().nullable(),
});
export type ParsedPartnerSearch = z.infer<typeof ParsedPartnerSearch>;

/** What a document about partner searches holds: a page of them, or what codes stand for. */
export const ParsedPartnerPage = z.object({
  /** How many rows there are in all of what was asked for; null in a document that lists none. */
  total: z.number().int().nonnegative().nullable(),
  searches: z.array(ParsedPartnerSearch),
  /**
   * Rows that are not kept on purpose, as those of natural persons: by a key, since they count where rows are
   * counted.
   */
  leftOut: z.array(z.string().min(1)),
  /** Rows that could not be read, each with the reason, and its key where it has one. */
  unread: z.array(z.object({ key: z.string().nullable(), why: z.string() })),
  names: z.object({ countries: z.array(Coded), organisationTypes: z.array(Coded) }),
});
export type ParsedPartnerPage = z.infer<typeof ParsedPartnerPage>;

export interface ReadPartnerPage {
  key: string;
  page: ParsedPartnerPage;
}
