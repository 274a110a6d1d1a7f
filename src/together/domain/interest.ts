import { z } from 'zod';

/**
 * What an institute opens to the others about a call. Nothing else of it is: no verdict, no note, nobody who
 * was asked.
 */
export const INTEREST = {
  brings: z.string().trim().min(1).max(500).nullable().describe('what it could contribute, in one sentence'),
  competences: z
    .array(z.string().trim().min(1).max(200))
    .max(50)
    .describe('labels of the competences it offers'),
  leads: z.boolean().describe('whether it would lead the bid'),
};

export const InterestInput = z.strictObject({
  brings: INTEREST.brings.default(null),
  competences: INTEREST.competences.default([]),
  leads: INTEREST.leads.default(false),
  tell: z
    .boolean()
    .default(true)
    .describe('whether the person sharing it gets an e-mail when another institute is interested too'),
});
export type InterestInput = z.infer<typeof InterestInput>;

/** An interest as all institutes see it. */
export const OpenedInterest = z
  .object({ id: z.string(), name: z.string(), ...INTEREST, openedAt: z.iso.datetime() })
  .meta({ id: 'OpenedInterest' });
export type OpenedInterest = z.infer<typeof OpenedInterest>;

/** The competences that a profile does not have: what is opened are its own words. */
export const unknownCompetences = (named: readonly string[], own: readonly string[]): number[] =>
  named.flatMap((label, i) => (own.includes(label) ? [] : [i]));
