import { Inject } from '@nestjs/common';
import { DAY_MS } from '../kernel/durations.js';
import { isPaused, nextMessage, sentAtOnce, type NextMessage } from './domain/schedule/next-message.js';
import type { Clock } from '../kernel/ports.js';
import type { NotificationItemEntity, FollowEntity } from './store/notification.entity.js';
import { MessageRepository } from './store/notification.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { DigestWriter, FirstMessage } from './content/digest-writer.js';
import { FirstDecisions } from '../decisions/first-decisions.js';
import { AwaitedReadings, Readiness } from './readiness.js';
import { RecipientContexts, type RecipientContext } from './recipient-context.js';
import type { Preferences } from './domain/preferences/preferences.js';
import {
  FollowRepository,
  RecipientRepository,
  type WaitingRecipient,
} from './store/recipient.repository.js';
import { DELIVER } from './deliver.job.js';
import {
  type Job,
  Runs,
  type JobData,
  type NextJob,
  job,
  defineJob,
  ofAllInstitutes,
} from '../platform/queue/job.js';
import { z } from 'zod';

export const NOTIFY = defineJob({
  name: 'notify',
  queue: 'notify',
  data: z.strictObject({ recipientId: z.uuid() }),
  rows: ofAllInstitutes('a message is for all that its recipient follows'),
});

/** Writes the message that is due to one recipient, if any: the first, an urgent one, or the digest. */
@Runs(NOTIFY)
export class NotifyJob implements Job<typeof NOTIFY> {
  constructor(
    private readonly contexts: RecipientContexts,
    private readonly readiness: Readiness,
    private readonly readings: AwaitedReadings,
    private readonly firstDecisions: FirstDecisions,
    private readonly first: FirstMessage,
    private readonly digests: DigestWriter,
    private readonly messages: MessageRepository,
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Finds recipients to be welcomed, and those with a due message. */
  async due(): Promise<NextJob[]> {
    const tell = new Set([...(await this.follows.unwelcomed()), ...(await this.owed())]);
    return [...tell].map((recipientId) => job(NOTIFY, { recipientId }));
  }

  /** Returns recipients with a due digest or waiting urgent items. */
  private async owed(): Promise<string[]> {
    const [all, now] = [await this.recipients.told(), this.clock.now()];
    const preferences = await this.contexts.preferencesOfAll(all);
    return all.filter((recipient, i) => isOwed(recipient, preferences[i]!, now)).map((r) => r.id);
  }

  async run({ recipientId }: JobData<typeof NOTIFY>): Promise<NextJob[]> {
    const context = await this.contexts.ready(recipientId);
    if (!context || isPaused(context.recipient.pausedUntil, this.clock.now())) return [];
    // The next tick checks again.
    if (await this.readings.any(context.matchedBy)) return [];
    const written = await this.write(context);
    return written === null
      ? []
      : [job(DELIVER, { notificationId: written, channel: context.recipient.channel })];
  }

  private async write(context: RecipientContext): Promise<string | null> {
    const fresh = context.follows.filter((f) => f.welcomedAt === null);
    // The next tick checks again.
    if (fresh.length && (!(await this.readiness.checked()) || (await this.isDeciding(context, fresh))))
      return null;
    if (fresh.length) return this.first.write(await this.contexts.context(context.recipient, fresh), fresh);
    const waiting = await this.messages.waiting(context.recipient.id);
    return this.follow(context, waiting, await this.next(context, waiting));
  }

  /** Whether somebody may still be making the decisions that choose this first message; a day at most. */
  private async isDeciding({ own }: RecipientContext, fresh: readonly FollowEntity[]): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (fresh.some(({ since }) => Math.abs(now - since.getTime()) > DAY_MS)) return false;
    for (const id of own) if (await this.firstDecisions.underWay(id)) return true;
    return false;
  }

  private async next(
    { recipient, preferences }: RecipientContext,
    waiting: NotificationItemEntity[],
  ): Promise<NextMessage | null> {
    const now = this.clock.now();
    const written = await this.messages.written(recipient.id, new Date(now.getTime() - 2 * DAY_MS));
    return nextMessage(
      { waiting, lastDigestDueAt: recipient.lastDigestDueAt, pausedUntil: recipient.pausedUntil, written },
      preferences,
      now,
    );
  }

  private async follow(
    context: RecipientContext,
    waiting: NotificationItemEntity[],
    next: NextMessage | null,
  ): Promise<string | null> {
    if (next?.kind === 'urgent') return this.digests.write(context, sentAtOnce(waiting), null);
    if (next?.kind === 'hold') await this.messages.hold(context.recipient.id);
    // While a digest is queued, another would only join it.
    if (
      next?.kind !== 'digest' ||
      !(await this.readiness.caughtUp()) ||
      (await this.messages.digestOnItsWay(context.recipient.id))
    )
      return null;
    return this.digests.write(context, waiting, next.slot);
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
