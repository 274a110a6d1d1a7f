import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '../kernel/durations.js';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import { isPaused, nextMessage, sentAtOnce, type NextMessage } from './domain/schedule/next-message.js';
import type { Clock } from '../kernel/ports.js';
import type { NotificationItemEntity } from './store/notification-item.entity.js';
import { MessageRepository } from './store/message.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { DigestWriter } from './content/digest-writer.js';
import { FirstMessage } from './content/first-message.js';
import { AwaitedReadings } from './awaited-readings.js';
import { RecipientContexts, type RecipientContext } from './recipient-context.js';
import { Readiness } from './readiness.js';

/** Writes the message that is due to one recipient, if any: the first, an urgent one, or the digest. */
@Injectable()
export class NotifyProcessor implements Processor<'notify'> {
  readonly job = 'notify';

  constructor(
    private readonly contexts: RecipientContexts,
    private readonly readiness: Readiness,
    private readonly readings: AwaitedReadings,
    private readonly first: FirstMessage,
    private readonly digests: DigestWriter,
    private readonly messages: MessageRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ recipientId }: JobData<'notify'>): Promise<NextJob[]> {
    const context = await this.contexts.ready(recipientId);
    if (!context || isPaused(context.recipient.pausedUntil, this.clock.now())) return [];
    // The next tick checks again.
    if (await this.readings.any(context.matchedBy)) return [];
    const written = await this.write(context);
    return written === null
      ? []
      : [job('deliver', { notificationId: written, channel: context.recipient.channel })];
  }

  private async write(context: RecipientContext): Promise<string | null> {
    const fresh = context.follows.filter((f) => f.welcomedAt === null);
    // Likewise.
    if (fresh.length && !(await this.readiness.checked())) return null;
    if (fresh.length) return this.first.write(await this.contexts.context(context.recipient, fresh), fresh);
    const waiting = await this.messages.waiting(context.recipient.id);
    return this.follow(context, waiting, await this.next(context, waiting));
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
