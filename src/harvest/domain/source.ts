import { z } from 'zod';
import { ParsedCall } from '../../calls/domain/parsed-call.js';
import { PortalProjectRow } from '../../funded-projects/domain/portal-project.js';
import type { WordBlock } from '../../kernel/document.js';
import type { Steps } from '../../kernel/time-slices.js';
import type { SourceCheck } from './check.js';
import { CommitteeDocument, CommitteeFile } from './drafts/committee-document.js';
import { ParsedNote, type SourceList } from './list.js';
import { type KnownQuestion, ParsedQuestion } from './questions/question.js';
import { partOf, SourceRequest } from './request.js';
import type { ParsedPartnerPage, ReadPartnerPage } from './partner-search.js';

export { partOf, SourceRequest };

/**
 * A document as the parser sees it: the key of its request and the bytes, whether just fetched or stored
 * years ago.
 */
export interface RawDocument {
  key: string;
  mediaType: string;
  bytes: Buffer;
  /** What it says, if it is a Word file. */
  word?: WordBlock[];
}

/**
 * The content of a page. `total` is the number of rows the source says it has, in all or in the requested
 * part, if stated.
 */
export const ParsedPage = z.object({
  total: z.number().int().nonnegative().nullable(),
  calls: z.array(ParsedCall),
  /**
   * Rows that could not be read, each with the reason: a run with many of them is rejected. The language is
   * given if a call has a row per language. `gone`: a linked page that does not exist, which is no sign of a
   * changed form. `aside`: a document outside the lists that could not be fetched, or leads beyond what is
   * read; no sign of a changed form either, but without it the run may not be whole. `extra`: the same for
   * documents that only add to calls.
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
   * Rows that exist but are not calls of this source, by a key of their own, each with the reason. They are
   * included in row counts.
   */
  leftOut: z.array(z.object({ key: z.string().min(1), why: z.string() })).optional(),
  /** Official notes on calls shown on the page. */
  notes: z.array(ParsedNote).optional(),
  /** Documents of committees that the page lists; they are included in row counts. */
  documents: z.array(CommitteeDocument).optional(),
  /** What files of such documents say. */
  files: z.array(CommitteeFile).optional(),
  /** Rows on funded projects; they are included in row counts. */
  projects: z.array(PortalProjectRow).optional(),
  /** Questions on topics; those of a list are included in row counts. */
  questions: z.array(ParsedQuestion).optional(),
  /** Names of programmes by code, if the page gives them. */
  programmes: z.record(z.string(), z.string()).optional(),
  /**
   * Paths of further pages linked from this one, for `plan`: details, the next page of a list. A fragment
   * holds facts about the linked page: it is never sent, but part of the key under which that page is parsed.
   */
  links: z.array(z.string().startsWith('/')),
});
export type ParsedPage = z.infer<typeof ParsedPage>;

/** A document and its parse result, as passed to `plan`. */
export interface ReadDocument {
  key: string;
  page: ParsedPage;
}

/** A call to be checked again individually: its key within the source, and the URL for users. */
export interface QuickCheckTarget {
  reference: string;
  url: string | null;
  kind: ParsedCall['kind'];
  identifier: string | null;
  callIdentifier: string | null;
}

/** Which of the two scans that must agree is planned, and the settings that a source may need. */
export interface PlanContext {
  scan: 1 | 2;
  languages: string[];
  register?: RegisterContext;
  /** For a source that is asked for topics: the same ones throughout a run. */
  topics?: readonly string[];
  /** The questions that are known on those topics, by number. */
  questions?: ReadonlyMap<string, KnownQuestion>;
}

export interface RegisterContext {
  /** The committees whose documents are read, by code. */
  committees: readonly string[];
  /** Older documents are not read. */
  since: string;
  /** When each document was updated whose files an accepted run has read, by its key. */
  known: ReadonlyMap<string, string>;
}

/** How to read a source's partner searches. Pure: it plans and parses, but fetches nothing. */
export interface PartnerSearches {
  everyHours: number;
  /** The most requests a reading may make; a plan that needs more is not carried out. */
  mostRequests: number;
  /**
   * Returns the next requests for the partner searches of these topics, given what was read so far; none when
   * the reading is complete or cannot be completed.
   */
  plan(done: ReadPartnerPage[], topics: string[]): SourceRequest[];
  /** Throws ShapeError if the document is not in the known form. */
  parse(document: RawDocument): ParsedPartnerPage;
}

export interface SourceDefinition {
  /** The name of its folder under `src/harvest/sources`. */
  id: string;
  name: string;
  /** Its name in French, if it has another there. */
  frenchName?: string;
  homepage: string;
  /** Scheme, host and port. The operator may override it (a mock server, a proxy). */
  origin: string;
  /** Off until the operator switches it on. */
  enabled?: false;
  everyHours: number;
  requestsPerMinute: number;
  /** `full`: a harvest lists everything, so an absence is a finding. `window`: only the newest calls. */
  coverage: 'full' | 'window';
  /** The committees that a register of committees is asked for; the operator may name others. */
  committees?: readonly string[];
  /**
   * For a source that is asked for topics: those that it is asked for besides the ones that institutes study;
   * the operator may name some.
   */
  topics?: readonly string[];
  /** It is asked for what came before the calls that institutes study: other editions, and topics near. */
  lineage?: true;
  /** It has questions on the topics that it is asked for. */
  questions?: true;
  /**
   * Fewer calls (or documents of committees) than this are an error, not an empty list. Zero for a source
   * that is asked for topics: there may be none.
   */
  expectsAtLeast: number;
  /**
   * The key of the document that has all calls without their status and other pages: where it alone shows a
   * known call, those are as before.
   */
  bareList?: string;
  /**
   * Days without a new or changed call after which the source is called quiet: it answers, but may no longer
   * be maintained.
   */
  quietAfterDays: number;
  /**
   * Returns the next requests, given what was read so far in this scan; none when the scan is complete or
   * cannot be completed.
   */
  plan(done: ReadDocument[], context: PlanContext): SourceRequest[];
  /**
   * Returns the few requests that show these calls again between two harvests: those with a near deadline,
   * and cascade calls. A source without it is only read as a whole. The absence of a call from a quick check
   * is no finding.
   */
  quickCheck?(calls: QuickCheckTarget[], context: PlanContext): SourceRequest[];
  /**
   * Returns the number of rows stated by the source, by part, as far as these documents show. If it changes,
   * the source is read again at once.
   */
  totals?(done: ReadDocument[]): Record<string, number>;
  /** How to read the partner searches that organisations publish there; absent if there are none. */
  partnerSearches?: PartnerSearches;
  /** Describes for users how a scan was made: which field was used for what, by name. */
  describe?(done: ReadDocument[]): Record<string, string>;
  /** Parses bytes into calls. Throws ShapeError if the document is not in the known form. */
  parse(document: RawDocument): ParsedPage;
  /**
   * Does the long part of parsing a document in steps, whose results its parser keeps for a while: others get
   * their turn in between.
   */
  ahead?(document: RawDocument): Steps<void>;
  /** The source's own list of what it publishes, if any: it shows what the pages lack. */
  list?: SourceList;
  /** The assumptions about the source, checked against the real one. */
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

const Contract = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.string().min(1),
    frenchName: z.string().min(1).optional(),
    homepage: z.url(),
    origin: Origin,
    enabled: z.literal(false).optional(),
    everyHours: z.number().positive(),
    requestsPerMinute: z.number().int().positive(),
    coverage: z.enum(['full', 'window']),
    expectsAtLeast: z.number().int().nonnegative(),
    quietAfterDays: z.number().positive(),
    bareList: z.string().min(1).optional(),
    committees: z.array(z.string().min(1)).min(1).optional(),
    topics: z.array(z.string().min(1)).optional(),
    lineage: z.literal(true).optional(),
    questions: z.literal(true).optional(),
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
    ahead: z.custom<NonNullable<SourceDefinition['ahead']>>((x) => typeof x === 'function').optional(),
    list: List.optional(),
    checks: z
      .array(Check)
      .refine((all) => new Set(all.map((c) => c.id)).size === all.length, 'has the same id twice')
      .optional(),
  })
  .refine(({ topics, expectsAtLeast }) => topics !== undefined || expectsAtLeast > 0, {
    path: ['expectsAtLeast'],
  });

/**
 * Declares a source. Checked at startup: a source that breaks the contract stops the program with the reason.
 */
export function defineSource(definition: SourceDefinition): SourceDefinition {
  return Contract.parse(definition);
}
