import { z } from 'zod';
import { byLanguage } from '../../kernel/language.js';
import type { Actor } from '../../kernel/actor.js';
import type { Profile } from './profile.js';

/** What somebody should know who saves a profile; it is saved all the same. */
export const ProfileWarning = z
  .object({
    kind: z
      .literal('many-messages')
      .describe('it makes more messages a week than the installation thinks good'),
    aWeek: z.number(),
    warnAbove: z.number(),
    weeks: z.number().int().describe('the weeks up to now by which that is said'),
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
