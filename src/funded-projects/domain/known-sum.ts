import { z } from 'zod';

/** A sum of the amounts that are known, and of how many nothing is; null where nothing is known of any. */
export const KnownSum = z.object({
  amount: z.number().nullable().describe('in euros, of those that are known; null if none is'),
  unknown: z.number().int().describe('how many have no stated amount'),
});
export type KnownSum = z.infer<typeof KnownSum>;

/** In cents, so that no fraction of one comes up in the sum. */
export function knownSum(amounts: (number | null)[]): KnownSum {
  const known = amounts.filter((a) => a !== null);
  return {
    amount: known.length ? known.reduce((sum, a) => sum + Math.round(a * 100), 0) / 100 : null,
    unknown: amounts.length - known.length,
  };
}
