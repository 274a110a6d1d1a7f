import { z } from 'zod';

/**
 * Text under a heading, in the source's order. `kind` is a known heading in our terms, otherwise `other` with
 * the source's title.
 */
export const Section = z.object({
  kind: z.enum([
    'summary',
    'expected-outcome',
    'scope',
    'objective',
    'expected-impact',
    'specific-challenge',
    'conditions',
    'other',
  ]),
  title: z.string(),
  text: z.string(),
});
export type Section = z.infer<typeof Section>;

/** A deadline as the source gives it: the instant as written, and whether it includes a time of day. */
const ParsedDeadline = z.object({ at: z.iso.datetime({ offset: true }), timeTold: z.boolean() });

/** A document that a source offers with a call. */
export const CallDocument = z.object({ title: z.string().min(1), url: z.url() });
export type CallDocument = z.infer<typeof CallDocument>;

/** The ISO 4217 code for "no currency": an amount without a currency is not an amount of money. */
export const NO_CURRENCY = 'XXX';

/**
 * Fields of some kinds of calls only. Each is omitted if the source does not state it: contents from before
 * it was read remain valid.
 */
export const BesideFields = z.object({
  /** Cascade calls: the project that runs it and passes the money on. */
  project: z
    .object({ acronym: z.string().nullable(), name: z.string().nullable(), id: z.string().nullable() })
    .optional()
    .describe('for a cascade call: the project that runs it'),
  /** Cascade calls: the topic that funded that project. */
  parentTopic: z
    .object({ identifier: z.string().nullable(), title: z.string() })
    .optional()
    .describe('for a cascade call: the topic that funded its project'),
  /** Who pays, if the source shows calls of many. */
  funder: z.string().min(1).optional().describe('who pays, if the source shows calls of many funders'),
  /** How long a funded project lasts, in the source's words. */
  duration: z.string().min(1).optional(),
  /** External actions: the regions of the world it is for. */
  zones: z.array(z.string()).min(1).optional(),
  /** External actions: what is concluded with the applicants. */
  contractType: z.string().min(1).optional(),
  /** Whether a funded project gets a lump sum, according to its type of grant agreement. */
  lumpSum: z.boolean().optional(),
  mission: z.string().min(1).optional(),
  crossCutting: z.array(z.string()).min(1).optional(),
  documents: z.array(CallDocument).min(1).optional(),
  /** Whether organisations can search for partners on the source's page of the call. */
  partnerSearch: z.boolean().optional(),
  /** A draft: the version of which document of a committee it is from, and when that was put there. */
  draft: z
    .object({ reference: z.string(), version: z.number().int().positive(), day: z.iso.date() })
    .optional()
    .describe('for a topic that stands in a draft alone, and is not yet adopted: which one'),
});

export type BesideFields = z.infer<typeof BesideFields>;
export const BESIDE = Object.keys(BesideFields.shape) as (keyof BesideFields)[];

export const besideOf = (call: BesideFields): BesideFields =>
  Object.fromEntries(BESIDE.map((field) => [field, call[field]])) as BesideFields;

/**
 * One call as one source describes it, before our rules are applied. Anything the source does not state is
 * null, never a guess.
 */
export const ParsedCall = z.object({
  /** The key within the source: data source, reference and language. A topic identifier is not a key. */
  dataSource: z.string().min(1),
  reference: z.string().min(1),
  language: z.string().length(2),
  title: z.string().min(1),
  kind: z.enum(['grant', 'cascade', 'external-action']),
  identifier: z.string().nullable(),
  callIdentifier: z.string().nullable(),
  callTitle: z.string().nullable(),
  programme: z.object({ code: z.string(), name: z.string().nullable() }).nullable(),
  divisions: z.array(z.string()),
  typesOfAction: z.array(z.string()),
  /** The source's claim, kept as evidence. The displayed status comes from our own clock. */
  sourceStatus: z.enum(['draft', 'forthcoming', 'open', 'closed']),
  opensAt: z.iso.datetime({ offset: true }).nullable(),
  deadlineModel: z.enum(['single-stage', 'two-stage', 'multiple-cut-off']).nullable(),
  deadlines: z.array(ParsedDeadline),
  budget: z
    .object({
      currency: z.string().length(3).describe(`ISO 4217; ${NO_CURRENCY} if the source states none`),
      /** For the topic, not the whole call. */
      total: z.number().positive().nullable(),
      expectedGrants: z.number().int().positive().nullable(),
      minContribution: z.number().positive().nullable(),
      maxContribution: z.number().positive().nullable(),
      years: z.array(z.string()),
      /** The amount as its source writes it, if implausible ("1.2"): then no amount is derived from it. */
      asWritten: z.string().optional().describe('an implausible amount, as written in the source'),
    })
    .nullable(),
  destination: z.string().nullable(),
  keywords: z.array(z.string()),
  sections: z.array(Section),
  /** The page for people to open. */
  url: z.url().nullable(),
  /** Other URLs that the source gives for this call: they identify it if another source shows it too. */
  alsoAt: z.array(z.url()),
  ...BesideFields.shape,
});
export type ParsedCall = z.infer<typeof ParsedCall>;
