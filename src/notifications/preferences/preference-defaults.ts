import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import { slotToGoOnFrom } from '../domain/schedule/next-message.js';
import type { Clock } from '../../kernel/ports.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { RecipientRepository } from '../store/recipient.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { RecipientContexts } from '../recipient-context.js';
import { chosen, chosenView, type DefaultsInput, type DefaultsView } from '../api/preferences-views.js';
import { sameDates } from './preferences.js';

/** An institute's default settings for its people. */
@Injectable()
export class PreferenceDefaults {
  constructor(
    private readonly recipients: RecipientRepository,
    private readonly profiles: ProfileRepository,
    private readonly contexts: RecipientContexts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws NotFound if the institute does not exist. */
  async forProfile(profileId: string): Promise<DefaultsView> {
    await this.profiles.get(profileId);
    const set = (await this.recipients.defaults([profileId])).get(profileId);
    const [holds, installation] = [
      await this.contexts.preferences({ channel: 'email', profileId, preferences: {} }),
      await this.contexts.preferences({ channel: 'email', profileId: null, preferences: {} }),
    ];
    return {
      preferences: chosenView(set?.preferences ?? {}),
      holds,
      installation,
      updatedAt: set?.updatedAt.toISOString() ?? null,
      updatedBy: set?.updatedBy ?? null,
    };
  }

  /** Saves them. Digests whose schedule changes continue from now: none is sent immediately. */
  async set(profileId: string, { preferences }: DefaultsInput, by: Actor): Promise<DefaultsView> {
    await this.forProfile(profileId);
    const now = this.clock.now();
    const people = await this.recipients.ofProfile(profileId);
    const before = await this.contexts.preferencesOfAll(people);
    await this.recipients.setDefaults({
      profileId,
      preferences: chosen(preferences),
      updatedAt: now,
      updatedBy: by.name,
      updatedById: by.personId,
    });
    const after = await this.contexts.preferencesOfAll(people);
    for (const [i, recipient] of people.entries()) {
      const holds = after[i]!;
      if (!sameDates(before[i]!, holds))
        await this.recipients.change(recipient.id, {
          lastDigestDueAt: slotToGoOnFrom(recipient.pausedUntil, holds, now),
        });
    }
    return this.forProfile(profileId);
  }
}
