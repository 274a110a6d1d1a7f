import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import { nextMessage } from './domain/schedule/next-message.js';
import type { Preferences } from './domain/preferences/preferences.js';
import type { Clock } from '../kernel/ports.js';
import { FollowRepository } from './store/follow.repository.js';
import { RecipientRepository, type WaitingRecipient } from './store/recipient.repository.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CLOCK } from '../platform/tokens.js';
import { RecipientContexts } from './recipient-context.js';

/** Finds recipients with something due: newly named contacts, pending events, and due messages. */
@Injectable()
export class NotifyDue implements DueCheck {
  constructor(
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly contexts: RecipientContexts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async due(): Promise<NextJob[]> {
    const tell = new Set([...(await this.follows.unwelcomed()), ...(await this.owed())]);
    return [
      ...(await this.follows.outOfStep()).map((profileId) => job('contacts', { profileId })),
      ...(await this.recipients.behind()).map((recipientId) => job('plan', { recipientId })),
      ...[...tell].map((recipientId) => job('notify', { recipientId })),
    ];
  }

  /** Returns recipients with a due digest or waiting urgent items. */
  private async owed(): Promise<string[]> {
    const [all, now] = [await this.recipients.told(), this.clock.now()];
    const preferences = await this.contexts.preferencesOfAll(all);
    return all.filter((recipient, i) => isOwed(recipient, preferences[i]!, now)).map((r) => r.id);
  }
}

const isOwed = (
  { lastDigestDueAt, pausedUntil, urgent }: WaitingRecipient,
  preferences: Preferences,
  now: Date,
): boolean =>
  nextMessage(
    { waiting: urgent ? [{ place: 'now' }] : [], lastDigestDueAt, pausedUntil, written: [] },
    preferences,
    now,
  ) !== null;
