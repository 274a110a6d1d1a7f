import { z } from 'zod';
import { byLanguage } from '../../kernel/language.js';
import type { Actor } from '../../kernel/actor.js';
import type { Profile } from './profile.js';

/** What somebody should know who saves a profile; it is saved all the same. */
export const ProfileWarning = z
  .object({
    kind: z
      .literal('many-messages')
      .describe('it produces more messages per week than the installation recommends'),
    aWeek: z.number(),
    warnAbove: z.number(),
    weeks: z.number().int().describe('over how many past weeks this was computed'),
    says: byLanguage(z.string()),
  })
  .meta({ id: 'ProfileWarning' });
export type ProfileWarning = z.infer<typeof ProfileWarning>;

/**
 * Looks what there is to warn of in a profile that is saved. Never throws, and takes some seconds at the
 * most.
 */
export interface ProfileWarnings {
  of(profile: Profile, by: Actor): Promise<ProfileWarning[]>;
}
