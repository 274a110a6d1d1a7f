import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Forbidden, Invalid, NotFound } from '../../kernel/errors.js';
import { type Actor, may } from '../../kernel/actor.js';
import { ProfileRepository } from '../../profiles/store/profile.repository.js';
import { RecentCallRepository } from '../../calls/store/call.repository.js';
import { SavedSearchRepository } from '../../decisions/store/saved-search.repository.js';
import {
  FollowRepository,
  type Target,
  type Recipient,
  RecipientRepository,
} from '../store/recipient.repository.js';
import type { Settings } from '../../platform/config/settings.js';
import { CLOCK, SETTINGS } from '../../platform/tokens.js';
import { digestTimes, slotToGoOnFrom } from '../domain/schedule/next-message.js';
import type { Clock } from '../../kernel/ports.js';
import { RecipientContexts } from '../recipient-context.js';
import {
  chosen,
  chosenView,
  type DefaultsInput,
  type DefaultsView,
  LONGEST_PAUSE_DAYS,
  type PreferencesInput,
} from '../api/preferences-views.js';
import { wrong } from '../../kernel/issues.js';
import { UNSUBSCRIBED } from '../domain/delivery/channel.js';
import { isExpired, readSettingsToken, settingsTokenState } from '../domain/content/mail-link.js';
import type { Preferences, PreferenceValues } from '../domain/preferences/preferences.js';
import { DAY_MS } from '../../kernel/durations.js';
import type { RecipientEntity } from '../store/notification.entity.js';

const isId = (text: string): boolean => z.uuid().safeParse(text).success;

/** Who may follow what: anything they may see. */
@Injectable()
export class Followable {
  constructor(
    private readonly profiles: ProfileRepository,
    private readonly calls: RecentCallRepository,
    private readonly searches: SavedSearchRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Throws Forbidden if it belongs to another institute, NotFound if it does not exist. */
  async check(actor: Actor, { kind, target }: Target): Promise<void> {
    if (kind === 'profile' && !may(actor, 'match.read', target)) throw new Forbidden('of-another-institute');
    // A group shows which calls fit which members: only the network may see that.
    if (kind === 'group' && !may(actor, 'network.read')) throw new Forbidden('network-only');
    if (!(await this.isThere(actor, { kind, target })))
      throw new NotFound(kind === 'search' ? 'no-saved-search' : `no-${kind}`, { id: target });
  }

  private async isThere({ personId, profileId }: Actor, { kind, target }: Target): Promise<boolean> {
    if (kind === 'profile') return (await this.profiles.findById(target)) !== null;
    if (kind === 'group') return this.settings.groups.some((g) => g.id === target);
    if (!isId(target)) return false;
    if (kind === 'call') return (await this.calls.byIds([target])).has(target);
    return (await this.searches.byIds([target])).some(
      (s) => s.personId === personId && s.profileId === profileId,
    );
  }
}

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

/** Before links expired, the unsubscribe token also opened the settings. */
const OF_BEFORE = /^[\w-]{32,43}$/;

export type { RecipientEntity as PreferencesOwner };

/** The notification settings of an address. Callers check the permissions. */
@Injectable()
export class NotificationPreferences {
  constructor(
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly contexts: RecipientContexts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Returns the owner of a settings link; 'expired' after its time, whoever it was for: nobody may learn that
   * a person gets no more messages. Null if it is invalid.
   */
  async byLink(token: string): Promise<RecipientEntity | 'expired' | null> {
    const read = readSettingsToken(token);
    if (!read) return OF_BEFORE.test(token) ? 'expired' : null;
    if (isExpired(read.until, this.clock.now())) return 'expired';
    const recipient = await this.recipients.findById(read.id);
    return recipient && settingsTokenState(read, recipient, this.clock.now()) === 'good' ? recipient : null;
  }

  /** Returns the owner of an expired link; null if the link is unknown or still valid. */
  async ofOldLink(token: string): Promise<Recipient | null> {
    const read = readSettingsToken(token);
    if (!read) return OF_BEFORE.test(token) ? this.recipients.byToken(token) : null;
    const recipient = await this.recipients.findById(read.id);
    return recipient && settingsTokenState(read, recipient, this.clock.now()) === 'expired'
      ? recipient
      : null;
  }

  /** Saves preferences and a pause. Throws BadRequest if the pause is over or too long. */
  async choose(
    recipient: RecipientEntity,
    { preferences, pausedUntil, language, stopped }: PreferencesInput,
  ): Promise<void> {
    const own = chosen(preferences);
    const until = pausedUntil === undefined ? recipient.pausedUntil : this.pause(pausedUntil);
    const moved = await this.moved(recipient, own, until);
    await this.recipients.change(recipient.id, {
      preferences: own,
      pausedUntil: until,
      ...(language && { language }),
      ...(moved && { lastDigestDueAt: moved }),
    });
    if (stopped === true) await this.stop(recipient.id);
    if (stopped === false) await this.resume(recipient.id);
  }

  /** Throws what `choose` would: for people who are stored only if their request is valid. */
  check({ pausedUntil }: PreferencesInput): void {
    if (pausedUntil !== undefined) this.pause(pausedUntil);
  }

  stop(id: string): Promise<void> {
    return this.recipients.stop(id, UNSUBSCRIBED, this.clock.now());
  }

  /** Resumes messages from the next digest on, without what happened in the meantime. */
  async resume(id: string): Promise<void> {
    const recipient = await this.recipients.findById(id);
    if (!recipient?.stoppedAt) return;
    await this.recipients.resume(id);
    await this.recipients.change(id, {
      lastDigestDueAt: slotToGoOnFrom(
        recipient.pausedUntil,
        await this.contexts.preferences(recipient),
        this.clock.now(),
      ),
    });
  }

  /** Ends one subscription. If others had set it, that is recorded, so that it does not come back. */
  async leave(id: string, target: Target): Promise<void> {
    await this.follows.leave(id, target, this.clock.now());
  }

  /** Restores a default subscription that was ended. */
  async rejoin(id: string, target: Target): Promise<void> {
    await this.follows.rejoin(id, target, this.clock.now());
  }

  private pause(until: string | null): Date | null {
    if (until === null) return null;
    const [date, now] = [new Date(until), this.clock.now().getTime()];
    if (date.getTime() <= now) throw new Invalid([wrong(['pausedUntil'], 'in-the-past')]);
    if (date.getTime() - now > LONGEST_PAUSE_DAYS * DAY_MS)
      throw new Invalid([wrong(['pausedUntil'], 'pause-too-long', { most: LONGEST_PAUSE_DAYS })]);
    return date;
  }

  /** Returns the date from which digests continue if the schedule or the pause has changed; else null. */
  private async moved(
    recipient: RecipientEntity,
    preferences: PreferenceValues,
    until: Date | null,
  ): Promise<Date | null> {
    const [before, holds] = [
      await this.contexts.preferences(recipient),
      await this.contexts.preferences({ ...recipient, preferences }),
    ];
    const same = sameDates(before, holds) && until?.getTime() === recipient.pausedUntil?.getTime();
    return same ? null : slotToGoOnFrom(until, holds, this.clock.now());
  }
}

const sameDates = (a: Preferences, b: Preferences): boolean =>
  JSON.stringify(digestTimes(a)) === JSON.stringify(digestTimes(b));
