import { Inject, Injectable } from '@nestjs/common';
import { Invalid } from '../../kernel/errors.js';
import { wrong } from '../../kernel/issues.js';
import { UNSUBSCRIBED } from '../domain/delivery/channel.js';
import { digestTimes, slotToGoOnFrom } from '../domain/schedule/next-message.js';
import { readSettingsToken, settingsTokenState } from '../domain/preferences/settings-link.js';
import { isExpired } from '../domain/signed-link.js';
import type { Preferences, PreferenceValues } from '../domain/preferences/preferences.js';
import { DAY_MS } from '../../kernel/durations.js';
import type { Clock } from '../../kernel/ports.js';
import type { RecipientEntity } from '../store/recipient.entity.js';
import { FollowRepository, type Target } from '../store/follow.repository.js';
import { RecipientRepository, type Recipient } from '../store/recipient.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { RecipientContexts } from '../recipient-context.js';
import { chosen, LONGEST_PAUSE_DAYS, type PreferencesInput } from '../api/preferences-views.js';

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

export const sameDates = (a: Preferences, b: Preferences): boolean =>
  JSON.stringify(digestTimes(a)) === JSON.stringify(digestTimes(b));
