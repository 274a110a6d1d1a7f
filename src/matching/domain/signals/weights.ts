import { z } from 'zod';
import { issue } from '../../../kernel/issues.js';
import { KeptCurve } from '../sending-threshold.js';
import { signals } from './plugged-in.js';

const weight = z.number().min(0).max(20);

/**
 * The weight of one unit of each summand, scaled so that a sum of 1 is 50 points; and how steeply points fall
 * below that and rise above it.
 */
export const SignalWeights = z
  .object({ steepness: z.number().min(1).max(10) })
  .catchall(weight)
  .superRefine(({ steepness: _, ...weights }, context) => {
    const units = new Map(signals().flatMap(({ sum }) => Object.entries(sum?.units ?? {})));
    const unknown = issue('other-weight', { known: [...units.keys()].join(', ') });
    for (const name of Object.keys(weights))
      if (!units.has(name))
        context.addIssue({
          code: 'custom',
          path: [name],
          message: unknown.error,
          params: unknown.params,
          input: weights,
        });
    for (const [name, unit] of units)
      if (unit.weight === undefined && !(name in weights))
        context.addIssue({ code: 'custom', path: [name], message: issue('required').error, input: weights });
  });
export type SignalWeights = z.infer<typeof SignalWeights>;

/** `config/model/weights.yaml`: how the summands of a score are combined, trained and then reviewed. */
export const MatchingWeights = z.strictObject({
  /** Training data, method and results, for the reviewer of a change. */
  provenance: z.string().min(1),
  /** The word vectors they belong to. */
  model: z.string(),
  /** For written profiles, for those with projects only, and for those with both. */
  written: SignalWeights,
  recorded: SignalWeights,
  both: SignalWeights,
  /** How likely a call of a score is to be kept, on a day that officers judged. */
  kept: KeptCurve,
});
export type MatchingWeights = z.infer<typeof MatchingWeights>;

/** Returns the weights for a profile with this many competences and projects. */
export const weightsFor = (
  { written, recorded, both }: MatchingWeights,
  competences: number,
  projects: number,
): SignalWeights => (projects === 0 ? written : competences === 0 ? recorded : both);
