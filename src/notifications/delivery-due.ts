import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Channel } from './domain/delivery/channel.js';
import { STALE_MS } from '../outbox/domain/index.js';
import { DeliveryRepository } from './store/delivery.repository.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CHANNELS } from './channel-registry.js';

/**
 * So many messages are queued at a tick, the channels having equal parts of them; the others are found by the
 * next.
 */
const MOST = 1_000;
/** Of one recipient: who does not answer keeps a sender busy for ten seconds with each. */
const MOST_OF_RECIPIENT = 20;

/**
 * Messages that wait in the outbox: their jobs were lost, they did not leave at the first try, or their
 * sender was killed.
 */
@Injectable()
export class DeliveryDue implements DueCheck {
  constructor(
    private readonly deliveries: DeliveryRepository,
    @Inject(CHANNELS) private readonly channels: Channel[],
  ) {}

  async due(): Promise<NextJob[]> {
    const most = { ofChannel: Math.floor(MOST / this.channels.length), ofRecipient: MOST_OF_RECIPIENT };
    const waiting = await this.deliveries.waiting(
      this.channels.map((c) => c.id),
      STALE_MS,
      most,
    );
    return waiting.map(({ channel, id }) => job('deliver', { channel, notificationId: id }));
  }
}
