import { z } from 'zod';

/** Text under a heading, in the source's order. `kind` is a known heading in our words, `other` with the source's title else. */
export const Section = z.object({
  kind: z.enum(['summary', 'expected-outcome', 'scope', 'objective', 'expected-impact', 'specific-challenge', 'conditions', 'other']),
  title: z.string(),
  text: z.string(),
});
export type Section = z.infer<typeof Section>;

/** A deadline as the source gives it: the instant written there and whether a time of day was told with it. */
export const ParsedDeadline = z.object({ at: z.iso.datetime({ offset: true }), timeTold: z.boolean() });

/** One call as one source tells it, before our rules are applied. What the source does not tell is null, never a guess. */
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
      currency: z.string().length(3),
      /** Of the topic, not of the whole call. */
      total: z.number().positive().nullable(),
      expectedGrants: z.number().int().positive().nullable(),
      minContribution: z.number().positive().nullable(),
      maxContribution: z.number().positive().nullable(),
      years: z.array(z.string()),
    })
    .nullable(),
  destination: z.string().nullable(),
  keywords: z.array(z.string()),
  sections: z.array(Section),
  /** The page that a person opens. */
  url: z.url().nullable(),
  /** Other addresses that the source gives for this very call: by them it is known again where another source shows it too. */
  alsoAt: z.array(z.url()),
});
export type ParsedCall = z.infer<typeof ParsedCall>;
