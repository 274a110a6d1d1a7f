import { z } from 'zod';

const weight = z.number().min(0).max(20);

/** What one unit of each part counts (see parts.ts for the units), so that a sum of 1 is 50 points. */
export const PartWeights = z.strictObject({
  words: weight,
  meaning: weight,
  /** The institute's own projects: their centre, and the nearest of them. */
  record: weight,
  nearest: weight,
  /** The topic in another year, which the institute answered. */
  editions: weight,
  /** How sharply points fall below 50 and rise above it. */
  steepness: z.number().min(1).max(10),
});
export type PartWeights = z.infer<typeof PartWeights>;

/** `config/model/weights.yaml`: how the parts of a score are put together, learned and then reviewed. */
export const MatchingWeights = z.strictObject({
  /** From what these were learned, how, and what came of it: for the one who reviews a change. */
  provenance: z.string().min(1),
  /** The word vectors that they belong to. */
  model: z.string(),
  /** For a profile that was written, for one that has projects alone, for one that has both. */
  written: PartWeights,
  recorded: PartWeights,
  both: PartWeights,
});
export type MatchingWeights = z.infer<typeof MatchingWeights>;
