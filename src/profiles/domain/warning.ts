import { z } from 'zod';
import { byLanguage } from '../../kernel/language.js';
import type { Actor } from '../../kernel/actor.js';
import type { Profile } from './profile.js';

/** What people should know when they save a profile; it is saved anyway. */
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

/** Finds the warnings for a profile being saved. Never throws, and takes a few seconds at most. */
export interface ProfileWarnings {
  forProfile(profile: Profile, by: Actor): Promise<ProfileWarning[]>;
}
