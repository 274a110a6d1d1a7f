import { z } from 'zod';
import { byLanguage } from '../../kernel/language.js';

/**
 * What an institute shares with the others about a call. Nothing else is shared: no verdict, no note, no
 * proposal.
 */
const INTEREST = {
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

export const OpenedInterest = z
  .object({
    id: z.string(),
    name: z.string(),
    ...INTEREST,
    competencesByLanguage: byLanguage(INTEREST.competences).describe(
      'the same, for readers of each language',
    ),
    openedAt: z.iso.datetime(),
  })
  .meta({ id: 'OpenedInterest' });
export type OpenedInterest = z.infer<typeof OpenedInterest>;

/** The indexes of competences that the profile does not have: an institute can only offer its own. */
export const unknownCompetences = (named: readonly string[], own: readonly string[]): number[] =>
  named.flatMap((label, i) => (own.includes(label) ? [] : [i]));
