import { z } from 'zod';
import { ParsedCall } from '../../calls/domain/index.js';
import type { SourceCheck } from './check.js';
import { ParsedNote, type SourceList } from './list.js';
import { partOf, SourceRequest } from './request.js';
import type { ParsedPartnerPage, ReadPartnerPage } from './partner-search.js';

export { partOf, SourceRequest };

/**
 * A document as the parser sees it: the key of the request that brought it and the bytes, whether fetched now
 * or kept for years.
 */
export interface RawDocument {
  key: string;
  mediaType: string;
  bytes: Buffer;
}

/**
 * What a page holds. `total` is how many rows the source says it has in all, or in the part that was asked
 * for, where it says so.
 */
export const ParsedPage = z.object({
  total: z.number().int().nonnegative().nullable(),
  calls: z.array(ParsedCall),
  /**
   * Rows that could not be read, each with the reason: a run with many of them is not accepted. The language
   * is told where a call has a row for each. `gone`: a page that is named and is not there, which is no sign
   * of another form. `aside`: what stands beside the lists and could not be had, or leads beyond what is
   * read; it is no sign of another form either, but without it nobody can say that a run is whole. `extra`:
   * the same of what only adds to calls.
   */
  unread: z.array(
    z.object({
      reference: z.string().nullable(),
      language: z.string().optional(),
      why: z.string(),
      gone: z.boolean().optional(),
      aside: z.boolean().optional(),
      extra: z.boolean().optional(),
    }),
  ),
  /**
   * Rows that are there and are no calls of this source, by a key of their own, each with the reason. They
   * count where rows are counted.
   */
  leftOut: z.array(z.object({ key: z.string().min(1), why: z.string() })).optional(),
  /** Official notes on calls that the page shows. */
  notes: z.array(ParsedNote).optional(),
  /** Names of programmes by their codes, where the page tells them. */
  programmes: z.record(z.string(), z.string()).optional(),
  /**
   * Paths of further pages that this one names, for `plan`: details, the next page of a list. A fragment is
   * what this page tells of that one: it never leaves, but stands in the key under which that page is parsed.
   */
  links: z.array(z.string().startsWith('/')),
});
export type ParsedPage = z.infer<typeof ParsedPage>;

/** A document and what it was parsed to, as `plan` is given it. */
export interface ReadDocument {
  key: string;
  page: ParsedPage;
}

/** A call that is looked at again by itself: its key within the source, and where a person reads it. */
export interface QuickCheckTarget {
  reference: string;
  url: string | null;
  kind: ParsedCall['kind'];
  identifier: string | null;
  callIdentifier: string | null;
}

/** Which of the two agreeing scans is planned, and the settings that a source may need. */
export interface PlanContext {
  scan: 1 | 2;
  languages: string[];
}

/** How a source is asked for partner searches. Pure: it plans and parses, and fetches nothing. */
export interface PartnerSearches {
  /** Hours between two readings. */
  everyHours: number;
  /** So many requests a reading may take; a plan that wants more is not carried out. */
  mostRequests: number;
  /**
   * The next requests for the partner searches of these topics, given what was read so far; none when the
   * reading is complete or cannot become so.
   */
  plan(done: ReadPartnerPage[], topics: string[]): SourceRequest[];
  /** Throws ShapeError where the document is not in the known form. */
  parse(document: RawDocument): ParsedPartnerPage;
}

export interface SourceDefinition {
  /** The name of its folder under `src/harvest/sources`. */
  id: string;
  name: string;
  homepage: string;
  /** Scheme, host and port. The operator may point it elsewhere (a stand-in, a proxy). */
  origin: string;
  /** Hours between two harvests. */
  everyHours: number;
  requestsPerMinute: number;
  /** `full`: a harvest lists all there is, so what is missing is a finding. `window`: only the newest. */
  coverage: 'full' | 'window';
  /** Fewer calls than this is an error and not an empty list. */
  expectsAtLeast: number;
  /**
   * Days without anything new or changed after which the source is called quiet: it answers, but is it still
   * kept up?
   */
  quietAfterDays: number;
  /**
   * The next requests, given what was read so far in this scan; none when the scan is complete or cannot
   * become so.
   */
  plan(done: ReadDocument[], context: PlanContext): SourceRequest[];
  /**
   * The few requests that show these calls again, between two harvests: those whose deadline is near, and
   * cascade calls. A source without it is read whole or not at all. A call that such a look does not show is
   * no finding.
   */
  quickCheck?(calls: QuickCheckTarget[], context: PlanContext): SourceRequest[];
  /**
   * How many rows the source holds by its own count, by part, as far as these documents tell. Where that
   * changes, it is read again at once.
   */
  totals?(done: ReadDocument[]): Record<string, number>;
  /**
   * How it is asked for the partner searches that organisations publish there; a source without it has none.
   */
  partnerSearches?: PartnerSearches;
  /** How a scan was made, for people: what was taken for what, by name. */
  describe?(done: ReadDocument[]): Record<string, string>;
  /** From bytes to calls. Throws ShapeError where the document is not in the known form. */
  parse(document: RawDocument): ParsedPage;
  /** The source's own list of what it publishes, where it has one: what its pages lack is seen there. */
  list?: SourceList;
  /** What is assumed of it, to be asked of the real one. */
  checks?: SourceCheck[];
}

const Origin = z
  .url()
  .refine((x) => URL.canParse(x) && new URL(x).origin === x, 'is not an origin (scheme://host[:port])');

const List = z.object({
  origin: Origin,
  path: z.string().startsWith('/'),
  everyHours: z.number().positive(),
  details: z.custom<SourceList['details']>((x) => typeof x === 'function'),
  parse: z.custom<SourceList['parse']>((x) => typeof x === 'function'),
});

const Check = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  assumption: z.string().min(1),
  otherwise: z.string().min(1),
  requests: z.custom<SourceCheck['requests']>((x) => typeof x === 'function'),
  judge: z.custom<SourceCheck['judge']>((x) => typeof x === 'function'),
});

const Contract = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string().min(1),
  homepage: z.url(),
  origin: Origin,
  everyHours: z.number().positive(),
  requestsPerMinute: z.number().int().positive(),
  coverage: z.enum(['full', 'window']),
  expectsAtLeast: z.number().int().positive(),
  quietAfterDays: z.number().positive(),
  totals: z.custom<NonNullable<SourceDefinition['totals']>>((x) => typeof x === 'function').optional(),
  describe: z.custom<NonNullable<SourceDefinition['describe']>>((x) => typeof x === 'function').optional(),
  quickCheck: z
    .custom<NonNullable<SourceDefinition['quickCheck']>>((x) => typeof x === 'function')
    .optional(),
  partnerSearches: z
    .object({
      everyHours: z.number().positive(),
      mostRequests: z.number().int().positive(),
      plan: z.custom<PartnerSearches['plan']>((x) => typeof x === 'function'),
      parse: z.custom<PartnerSearches['parse']>((x) => typeof x === 'function'),
    })
    .optional(),
  plan: z.custom<SourceDefinition['plan']>((x) => typeof x === 'function'),
  parse: z.custom<SourceDefinition['parse']>((x) => typeof x === 'function'),
  list: List.optional(),
  checks: z
    .array(Check)
    .refine((all) => new Set(all.map((c) => c.id)).size === all.length, 'has the same id twice')
    .optional(),
});

/**
 * Declares a source, checked at start: a source that breaks the contract stops the program and says where.
 */
export function defineSource(definition: SourceDefinition): SourceDefinition {
  return Contract.parse(definition);
}
