import { z } from 'zod';
import type { Section } from '../../../calls/domain/parsed-call.js';

const weight = (standard: number) => z.number().min(0).max(20).default(standard);
const share = (standard: number) => z.number().min(0).max(1).default(standard);

const SectionWeights = z.strictObject({
  summary: weight(1),
  'expected-outcome': weight(1),
  scope: weight(1),
  objective: weight(1),
  'expected-impact': weight(0.6),
  'specific-challenge': weight(0.8),
  /** Conditions repeat the programme's rules and say little about the subject. */
  conditions: weight(0.1),
  other: weight(0.5),
} satisfies Record<Section['kind'], z.ZodType>);

/** Settings of the matching. Every value has a default, so `{}` is a complete setting. */
export const MatchingSettings = z.strictObject({
  /**
   * The weight of one occurrence in a field, relative to a section of weight 1; `callTitle` also applies to
   * the source of a cascade call.
   */
  fieldWeights: z
    .strictObject({
      title: weight(3),
      keywords: weight(1.5),
      callTitle: weight(0.7),
      destination: weight(0.7),
      sections: SectionWeights.prefault({}),
    })
    .prefault({}),
  /** BM25's saturation: a term with weighted frequency k1 contributes half of its maximum. */
  k1: z.number().min(0.1).max(10).default(0.5),
  /** Weights of a competence's keywords, its whole label, and the label's words if it has no keywords. */
  keywordWeight: weight(1),
  labelWeight: weight(1),
  labelWordWeight: weight(0.3),
  phrase: z
    .strictObject({
      /** How many foreign words may occur within a phrase. */
      slop: z.number().int().min(0).max(1).default(1),
      /** The weight of an occurrence with a foreign word. */
      slopWeight: share(0.4),
    })
    .prefault({}),
  /** For a competence without keywords: the share of its label's words a call must contain to be found. */
  labelShare: share(0.65),
  /** A single word found in more than this share of the calls is generic and counts 0. */
  commonWord: share(0.05),
  /** The raw score that gives 50 points. */
  saturation: z.number().positive().max(100).default(1),
  /**
   * How steeply points fall below that and rise above it; 1 is raw / (raw + saturation). A single mention
   * should count little.
   */
  steepness: z.number().min(1).max(4).default(1.5),
});
export type MatchingSettings = z.infer<typeof MatchingSettings>;
