import { z } from 'zod';

/** The sum of the known amounts (null if none is known) and the number of unknown ones. */
export const KnownSum = z.object({
  amount: z.number().nullable().describe('of those that are known; null if none is'),
  unknown: z.number().int().describe('how many have no stated amount'),
});
export type KnownSum = z.infer<typeof KnownSum>;

/** Adds up in cents to avoid floating-point fractions in the sum. */
export function knownSum(amounts: (number | null)[]): KnownSum {
  const known = amounts.filter((a) => a !== null);
  return {
    amount: known.length ? known.reduce((sum, a) => sum + Math.round(a * 100), 0) / 100 : null,
    unknown: amounts.length - known.length,
  };
}
