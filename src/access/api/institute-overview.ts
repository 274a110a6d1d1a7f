import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Clock } from '../../kernel/ports.js';
import { Language } from '../../kernel/language.js';
import { FollowRepository } from '../../notifications/store/recipient.repository.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { InstituteRepository } from '../store/institute.repository.js';
import { PersonRepository } from '../store/person.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';

/** An institute as the network sees it, without its internal decisions or notes. */
export const InstituteView = z
  .object({
    id: z.string(),
    name: z.string(),
    language: Language,
    confirmed: z.boolean().describe('whether the institute has confirmed its profile'),
    notified: z
      .boolean()
      .describe('whether anyone is notified of its calls: one of its people, a contact or a channel'),
    invited: z.boolean().describe('whether somebody there holds a valid invitation that was not used yet'),
    people: z.number().int(),
    officers: z.number().int(),
    lastSeenAt: z.iso.datetime().nullable().describe('when one of its people last signed in or used it'),
    strongMatches: z
      .number()
      .int()
      .describe(
        'open and forthcoming calls that score high enough for a digest, without those open to every subject',
      ),
  })
  .meta({ id: 'Institute' });
export type InstituteView = z.infer<typeof InstituteView>;

/** The network's institutes, as its people see them. */
@Injectable()
export class InstituteOverview {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly institutes: InstituteRepository,
    private readonly people: PersonRepository,
    private readonly follows: FollowRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether anyone is notified of its calls (a person, a contact or a channel) or is invited and will be. */
  async hasRecipients(id: string): Promise<boolean> {
    return (await this.withRecipients([id])).has(id);
  }

  /** The same, with contacts who have not been asked yet. */
  async isTold(profile: Profile): Promise<boolean> {
    return (await this.told([profile])).has(profile.id);
  }

  /** The ids of those of which that holds. */
  async told(profiles: Profile[]): Promise<Set<string>> {
    const reached = await this.withRecipients(profiles.map(({ id }) => id));
    return new Set(profiles.flatMap(({ id, contacts: { length } }) => (length || reached.has(id) ? id : [])));
  }

  private async withRecipients(ids: string[]): Promise<Set<string>> {
    const [heard, invited] = await Promise.all([
      this.follows.heard(ids),
      this.people.withInvitations(this.clock.now()),
    ]);
    return new Set(ids.filter((id) => heard.has(id) || invited.has(id)));
  }

  /** Returns the names of the institutes for which nobody is notified. */
  async withoutRecipients(): Promise<string[]> {
    const [profiles, heard] = await Promise.all([this.profiles.findAll(), this.follows.heard(null)]);
    const silent = profiles.filter(({ id }) => !heard.has(id)).map(({ content }) => content.name);
    return silent.sort((a, b) => a.localeCompare(b, 'fr'));
  }

  /** Returns all institutes by name. */
  async overview(): Promise<InstituteView[]> {
    const now = this.clock.now();
    const [profiles, presence, heard, invited, strong] = await Promise.all([
      this.profiles.findAll(),
      this.people.presence(),
      this.follows.heard(null),
      this.people.withInvitations(now),
      this.institutes.strongMatches(this.settings.digest.minScore, now),
    ]);
    const rows = profiles.map(({ id, content: { name, language, confirmed } }) => {
      const { people = 0, officers = 0, lastSeenAt = null } = presence.get(id) ?? {};
      return {
        id,
        name,
        language,
        confirmed,
        notified: heard.has(id),
        invited: invited.has(id),
        people,
        officers,
        lastSeenAt: lastSeenAt?.toISOString() ?? null,
        strongMatches: strong.get(id) ?? 0,
      };
    });
    return rows.sort((a, b) => a.name.localeCompare(b.name, 'fr'));
  }
}
