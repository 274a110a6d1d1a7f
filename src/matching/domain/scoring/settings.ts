import { z } from 'zod';
import type { Section } from '../../../calls/domain/index.js';

const weight = (standard: number) => z.number().min(0).max(20).default(standard);
const share = (standard: number) => z.number().min(0).max(1).default(standard);

const SectionWeights = z.strictObject({
  summary: weight(1),
  'expected-outcome': weight(1),
  scope: weight(1),
  objective: weight(1),
  'expected-impact': weight(0.6),
  'specific-challenge': weight(0.8),
  /** Conditions repeat the programme's rules: what stands there says little about the subject. */
  conditions: weight(0.1),
  other: weight(0.5),
} satisfies Record<Section['kind'], z.ZodType>);

/** How calls are matched. Every value has a default, so that `{}` is a whole setting. */
export const MatchingSettings = z.strictObject({
  /**
   * How much one occurrence in a field counts beside one in a section of weight 1; `callTitle` is of what a
   * cascade call comes out of, too.
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
  /** BM25's saturation: a term that counts k1 times (weighted) brings half of what it can bring. */
  k1: z.number().min(0.1).max(10).default(0.5),
  /**
   * The weight of a competence's keywords, of its whole label, and of the label's words where there are no
   * keywords.
   */
  keywordWeight: weight(1),
  labelWeight: weight(1),
  labelWordWeight: weight(0.3),
  phrase: z
    .strictObject({
      /** How many foreign words may stand inside a phrase. */
      slop: z.number().int().min(0).max(1).default(1),
      /** What an occurrence with a foreign word counts. */
      slopWeight: share(0.4),
    })
    .prefault({}),
  /**
   * For a competence without keywords: the share of its label's words that must stand in a call for it to be
   * found.
   */
  labelShare: share(0.65),
  /** A single word in more than this share of the calls is generic and brings nothing. */
  commonWord: share(0.05),
  /** The raw score that gives 50 points. */
  saturation: z.number().positive().max(100).default(1),
  /**
   * How sharply points fall below that and rise above it; 1 is raw / (raw + saturation). A single mention
   * should count little.
   */
  steepness: z.number().min(1).max(4).default(1.5),
});
export type MatchingSettings = z.infer<typeof MatchingSettings>;
