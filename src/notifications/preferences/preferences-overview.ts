import { Inject, Injectable } from '@nestjs/common';
import type { FollowEntity, NotificationItemEntity, RecipientEntity } from '../store/notification.entity.js';
import { MessageRepository } from '../store/notification.repository.js';
import { RecentCallRepository } from '../../calls/store/call.repository.js';
import { chosenView, type Following, type PreferencesView } from '../api/preferences-views.js';
import type { PipelineMails } from '../../access/domain/sign-in-mails.js';
import { shownAddress, UNSUBSCRIBED } from '../domain/delivery/channel.js';
import { isPaused, nextDigestAt } from '../domain/schedule/next-message.js';
import type { Preferences } from '../domain/preferences/preferences.js';
import type { Clock } from '../../kernel/ports.js';
import { FollowRepository } from '../store/recipient.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { NameBook, RecipientContexts } from '../recipient-context.js';

/** An item that waits for the next message, with the title of its call. */
export type WaitingItem = Pick<NotificationItemEntity, 'key' | 'kind'> & { title: string };

/** What one address receives, when and why. Callers check the permissions. */
@Injectable()
export class PreferencesOverview {
  constructor(
    private readonly follows: FollowRepository,
    private readonly messages: MessageRepository,
    private readonly calls: RecentCallRepository,
    private readonly contexts: RecipientContexts,
    private readonly names: NameBook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** `pipeline` is the person's setting for pipeline e-mails; a link to an address does not show it. */
  async forRecipient(
    recipient: RecipientEntity,
    pipeline: PipelineMails | null = null,
  ): Promise<PreferencesView> {
    const [holds, defaults] = [
      await this.contexts.preferences(recipient),
      await this.contexts.preferences({ ...recipient, preferences: {} }),
    ];
    const follows = await this.follows.withLeft(recipient.id);
    const { channel, language, stoppedAt, stoppedWhy } = recipient;
    return {
      channel,
      address: shownAddress(recipient),
      language,
      preferences: chosenView(recipient.preferences),
      holds,
      defaults,
      ...this.times(recipient, follows, holds),
      pipeline,
      stopped: stoppedAt && { at: stoppedAt.toISOString(), why: stoppedWhy ?? UNSUBSCRIBED },
      follows: await this.following(recipient, follows),
      waiting: (await this.messages.waiting(recipient.id)).length,
    };
  }

  /** Returns what waits for the next message, oldest first. */
  async waiting(recipientId: string, most: number): Promise<WaitingItem[]> {
    const items = (await this.messages.waiting(recipientId)).slice(0, most);
    const calls = await this.calls.byIds(items.flatMap((n) => n.callId ?? []));
    return items.map(({ key, kind, callId }) => ({
      ...{ key, kind },
      title: (callId && calls.get(callId)?.content.title) ?? '',
    }));
  }

  private times(
    { pausedUntil, stoppedAt }: RecipientEntity,
    follows: FollowEntity[],
    holds: Preferences,
  ): Pick<PreferencesView, 'pausedUntil' | 'nextDigestAt'> {
    const now = this.clock.now();
    const silent = stoppedAt !== null || !follows.some((f) => f.leftAt === null);
    return {
      pausedUntil: isPaused(pausedUntil, now) ? pausedUntil!.toISOString() : null,
      nextDigestAt: silent ? null : nextDigestAt(pausedUntil, holds, now).toISOString(),
    };
  }

  /** Returns the subscriptions, including ended ones set by others, which can be restored. */
  private async following(recipient: RecipientEntity, follows: FollowEntity[]): Promise<Following[]> {
    const shown = follows.filter((f) => f.leftAt === null || f.origin !== 'own');
    const { all } = await this.names.forRecipient({ recipient, follows: shown });
    return shown.map(({ kind, target, origin, since, leftAt }, i) => ({
      kind,
      target,
      name: all[i]!.name,
      origin,
      since: since.toISOString(),
      following: leftAt === null,
    }));
  }
}
