import { z } from 'zod';
import { ParsedCall } from '../call/parsed-call.js';
import type { ParsedPartnerPage, ReadPartnerPage } from './partner-search.js';

/**
 * One request that a source wants made. `key` names it within a scan; `path` is resolved against the source's origin. Where a source is
 * walked in parts that are counted by themselves, a key begins with its part and a colon: `grants: page 1`.
 */
export const SourceRequest = z.object({
  key: z.string().min(1),
  path: z.string().startsWith('/'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().nullable().default(null),
  /** A page that another one names, of which one may be gone; anything else that is not found means that the source has moved. */
  mayBeGone: z.boolean().optional(),
});
export type SourceRequest = z.infer<typeof SourceRequest>;

/** A document as the parser sees it: the request that brought it and the bytes, whether fetched now or kept for years. */
export interface RawDocument {
  key: string;
  mediaType: string;
  bytes: Buffer;
}

/** The part of its source that a request is about; empty where the source is one. */
export const partOf = (key: string): string => /^([a-z][a-z0-9-]*): /.exec(key)?.[1] ?? '';

/** What a page holds. `total` is how many rows the source says it has in all, or in the part that was asked for, where it says so. */
export const ParsedPage = z.object({
  total: z.number().int().nonnegative().nullable(),
  calls: z.array(ParsedCall),
  /**
   * Rows that could not be read, each with the reason: a run with many of them is not believed. The language is told where a
   * call has a row for each. `gone`: a page that is named and is not there, which is no sign of another form.
   */
  unread: z.array(z.object({ reference: z.string().nullable(), language: z.string().optional(), why: z.string(), gone: z.boolean().optional() })),
  /** Rows that are there and are no calls of this source, by a key of their own, each with the reason. They count where rows are counted. */
  leftOut: z.array(z.object({ key: z.string().min(1), why: z.string() })).optional(),
  /** Paths of further pages that this one names, for `plan`: details, the next page of a list. */
  links: z.array(z.string().startsWith('/')),
});
export type ParsedPage = z.infer<typeof ParsedPage>;

/** A document and what it was parsed to, as `plan` is given it. */
export interface ReadDocument {
  key: string;
  page: ParsedPage;
}

/** A call that is looked at again by itself: its key within the source, and where a person reads it. */
export interface GlanceTarget {
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
  /** The next requests for the partner searches of these topics, given what was read so far; none when the reading is complete or cannot become so. */
  plan(done: ReadPartnerPage[], topics: string[]): SourceRequest[];
  /** Throws ShapeError where the document is not in the known form. */
  parse(document: RawDocument): ParsedPartnerPage;
}

export interface SourceDefinition {
  /** The name of its folder under `src/sources`. */
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
  /** Days without anything new or changed after which the source is called quiet: it answers, but is it still kept up? */
  quietAfterDays: number;
  /** The next requests, given what was read so far in this scan; none when the scan is complete or cannot become so. */
  plan(done: ReadDocument[], context: PlanContext): SourceRequest[];
  /**
   * The few requests that show these calls again, between two harvests: those whose deadline is near, and cascade calls. A
   * source without it is read whole or not at all. A call that such a look does not show is no finding.
   */
  glance?(calls: GlanceTarget[], context: PlanContext): SourceRequest[];
  /** How it is asked for the partner searches that organisations publish there; a source without it has none. */
  partnerSearches?: PartnerSearches;
  /** How a scan was made, for people: what was taken for what, by name. */
  describe?(done: ReadDocument[]): Record<string, string>;
  /** From bytes to calls. Throws ShapeError where the document is not in the known form. */
  parse(document: RawDocument): ParsedPage;
}

const Contract = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string().min(1),
  homepage: z.url(),
  origin: z.url().refine((x) => URL.canParse(x) && new URL(x).origin === x, 'is not an origin (scheme://host[:port])'),
  everyHours: z.number().positive(),
  requestsPerMinute: z.number().int().positive(),
  coverage: z.enum(['full', 'window']),
  expectsAtLeast: z.number().int().positive(),
  quietAfterDays: z.number().positive(),
  describe: z.custom<NonNullable<SourceDefinition['describe']>>((x) => typeof x === 'function').optional(),
  glance: z.custom<NonNullable<SourceDefinition['glance']>>((x) => typeof x === 'function').optional(),
  partnerSearches: z.object({
    everyHours: z.number().positive(),
    mostRequests: z.number().int().positive(),
    plan: z.custom<PartnerSearches['plan']>((x) => typeof x === 'function'),
    parse: z.custom<PartnerSearches['parse']>((x) => typeof x === 'function'),
  }).optional(),
  plan: z.custom<SourceDefinition['plan']>((x) => typeof x === 'function'),
  parse: z.custom<SourceDefinition['parse']>((x) => typeof x === 'function'),
});

/** Declares a source, checked at start: a source that breaks the contract stops the program and says where. */
export function defineSource(definition: SourceDefinition): SourceDefinition {
  return Contract.parse(definition);
}
