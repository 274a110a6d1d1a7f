import { Inject, Injectable } from '@nestjs/common';
import { job, type JobData, type NextJob, type Processor } from '../kernel/jobs.js';
import { isPaused, nextMessage, toldAtOnce, type NextMessage } from './domain/schedule/next-message.js';
import type { Clock } from '../kernel/ports.js';
import type { NotificationItemEntity } from './store/notification-item.entity.js';
import { MessageRepository } from './store/message.repository.js';
import { CLOCK } from '../platform/tokens.js';
import { DigestWriter } from './content/digest-writer.js';
import { FirstMessage } from './content/first-message.js';
import { AwaitedReadings } from './awaited-readings.js';
import { Readers, type Reading } from './reader.js';
import { Readiness } from './readiness.js';

const DAY_MS = 86_400_000;

/** Writes the message that is due to one recipient, if one is: their first, what cannot wait, or the digest. */
@Injectable()
export class NotifyProcessor implements Processor<'tell'> {
  readonly job = 'tell';

  constructor(
    private readonly readers: Readers,
    private readonly readiness: Readiness,
    private readonly readings: AwaitedReadings,
    private readonly first: FirstMessage,
    private readonly digests: DigestWriter,
    private readonly messages: MessageRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ recipientId }: JobData<'tell'>): Promise<NextJob[]> {
    const reading = await this.readers.ready(recipientId);
    if (!reading || isPaused(reading.recipient.pausedUntil, this.clock.now())) return [];
    // Looked for again at the next tick.
    if (await this.readings.any(reading.matchedBy)) return [];
    const written = await this.write(reading);
    return written === null
      ? []
      : [job('deliver', { notificationId: written, channel: reading.recipient.channel })];
  }

  private async write(reading: Reading): Promise<string | null> {
    const fresh = reading.follows.filter((f) => f.welcomedAt === null);
    // Likewise.
    if (fresh.length && !(await this.readiness.checked())) return null;
    if (fresh.length) return this.first.write(await this.readers.reading(reading.recipient, fresh), fresh);
    const waiting = await this.messages.waiting(reading.recipient.id);
    return this.follow(reading, waiting, await this.next(reading, waiting));
  }

  private async next(
    { recipient, wishes }: Reading,
    waiting: NotificationItemEntity[],
  ): Promise<NextMessage | null> {
    const now = this.clock.now();
    const written = await this.messages.written(recipient.id, new Date(now.getTime() - 2 * DAY_MS));
    return nextMessage(
      { waiting, lastSlotAt: recipient.lastSlotAt, pausedUntil: recipient.pausedUntil, written },
      wishes,
      now,
    );
  }

  private async follow(
    reading: Reading,
    waiting: NotificationItemEntity[],
    next: NextMessage | null,
  ): Promise<string | null> {
    if (next?.kind === 'urgent') return this.digests.write(reading, toldAtOnce(waiting), null);
    if (next?.kind === 'hold') await this.messages.hold(reading.recipient.id);
    // While a digest waits to leave, the next would only join it.
    if (
      next?.kind !== 'digest' ||
      !(await this.readiness.caughtUp()) ||
      (await this.messages.digestOnItsWay(reading.recipient.id))
    )
      return null;
    return this.digests.write(reading, waiting, next.slot);
  }
}
