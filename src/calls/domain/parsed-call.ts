import { z } from 'zod';

/**
 * Text under a heading, in the source's order. `kind` is a known heading in our words, `other` with the
 * source's title else.
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

/**
 * A deadline as the source gives it: the instant written there and whether a time of day was told with it.
 */
const ParsedDeadline = z.object({ at: z.iso.datetime({ offset: true }), timeTold: z.boolean() });

/** A document that its source offers along with a call. */
export const CallDocument = z.object({ title: z.string().min(1), url: z.url() });
export type CallDocument = z.infer<typeof CallDocument>;

/** How ISO 4217 writes that there is no currency: an amount whose source names none is no amount of money. */
export const NO_CURRENCY = 'XXX';

/**
 * What only some kinds of calls have. Each is left out where the source does not tell it: contents from
 * before it was read are as good.
 */
export const BesideFields = z.object({
  /** Of a cascade call: the project that runs it and hands the money on. */
  project: z
    .object({ acronym: z.string().nullable(), name: z.string().nullable(), id: z.string().nullable() })
    .optional()
    .describe('for a cascade call: the project that runs it'),
  /** Of a cascade call: the topic under which that project was funded. */
  parentTopic: z
    .object({ identifier: z.string().nullable(), title: z.string() })
    .optional()
    .describe('for a cascade call: the topic that funded its project'),
  /** How long a funded project lasts, in the source's own words. */
  duration: z.string().min(1).optional(),
  /** Of an external action: the regions of the world that it is for. */
  zones: z.array(z.string()).min(1).optional(),
  /** Of an external action: what is concluded with the applicants. */
  contractType: z.string().min(1).optional(),
  /** Whether a funded project gets a lump sum, as the type of its grant agreement says. */
  lumpSum: z.boolean().optional(),
  mission: z.string().min(1).optional(),
  crossCutting: z.array(z.string()).min(1).optional(),
  documents: z.array(CallDocument).min(1).optional(),
  /** Whether organisations may look for partners on the source's page of the call. */
  partnerSearch: z.boolean().optional(),
});

export type BesideFields = z.infer<typeof BesideFields>;
export const BESIDE = Object.keys(BesideFields.shape) as (keyof BesideFields)[];

/** A call's fields of that kind, without its others. */
export const besideOf = (call: BesideFields): BesideFields =>
  Object.fromEntries(BESIDE.map((field) => [field, call[field]])) as BesideFields;

/**
 * One call as one source tells it, before our rules are applied. What the source does not tell is null, never
 * a guess.
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
  /** What the source says; kept as evidence. The status that people see comes from our own clock. */
  sourceStatus: z.enum(['forthcoming', 'open', 'closed']),
  opensAt: z.iso.datetime({ offset: true }).nullable(),
  deadlineModel: z.enum(['single-stage', 'two-stage', 'multiple-cut-off']).nullable(),
  deadlines: z.array(ParsedDeadline),
  budget: z
    .object({
      currency: z.string().length(3).describe(`ISO 4217; ${NO_CURRENCY} if the source states none`),
      /** Of the topic, not of the whole call. */
      total: z.number().positive().nullable(),
      expectedGrants: z.number().int().positive().nullable(),
      minContribution: z.number().positive().nullable(),
      maxContribution: z.number().positive().nullable(),
      years: z.array(z.string()),
      /**
       * The amount in its source's own characters, where it cannot be meant as it stands ("1.2"): then no
       * amount is taken from it.
       */
      asWritten: z.string().optional().describe('an implausible amount, as written in the source'),
    })
    .nullable(),
  destination: z.string().nullable(),
  keywords: z.array(z.string()),
  sections: z.array(Section),
  /** The page that a person opens. */
  url: z.url().nullable(),
  /**
   * Other addresses that the source gives for this very call: by them it is known again where another source
   * shows it too.
   */
  alsoAt: z.array(z.url()),
  ...BesideFields.shape,
});
export type ParsedCall = z.infer<typeof ParsedCall>;
