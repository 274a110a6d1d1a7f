import { Inject, Injectable } from '@nestjs/common';
import { job, type NextJob } from '../kernel/jobs.js';
import type { Channel } from './domain/delivery/channel.js';
import { STALE_MS } from '../outbox/domain/tries.js';
import { DeliveryRepository } from './store/delivery.repository.js';
import type { DueCheck } from '../platform/schedule/ticker.js';
import { CHANNELS } from './channel-registry.js';

/** Messages queued per tick, split equally between the channels; the next tick finds the rest. */
const MOST = 1_000;
/** Per recipient: an unresponsive one blocks a sender for ten seconds per message. */
const MOST_OF_RECIPIENT = 20;

/** Finds messages waiting in the outbox: the job was lost, the first try failed, or the sender was killed. */
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
