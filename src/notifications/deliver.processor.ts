import { Inject, Injectable, Logger } from '@nestjs/common';
import { CarnotError } from '../kernel/errors.js';
import type { JobData, NextJob, Processor } from '../kernel/jobs.js';
import { isAddressGone, type Channel, type Outgoing, type Outside } from './domain/delivery/channel.js';
import { isPaused } from './domain/schedule/next-message.js';
import { redacted } from './domain/delivery/redacted.js';
import { whyNotWanted } from './domain/events/still-wanted.js';
import { SENDING_MS, STALE_MS, waitAfter } from '../outbox/domain/index.js';
import type { Clock, Fetcher, Mailer } from '../kernel/ports.js';
import { DeliveryRepository, type Claimed } from './store/delivery.repository.js';
import { untilNoted } from '../platform/mail/until-noted.js';
import { CLOCK, DELIVERY_FETCHER, MAILER } from '../platform/tokens.js';
import { CHANNELS } from './channel-registry.js';

/** Said of a message that waits for the key, or for another address. */
export const LOCKED =
  'its address cannot be read with the present SECRET_KEY: put the earlier key back, or enter the address again';

type Wanted = Claimed & { recipient: NonNullable<Claimed['recipient']> };

const LONGEST_WORDS = 500;

/** The address of a channel may have been changed since: what waits, and its secrets, go to the one that holds now. A mail goes to whom it was written. */
const addressOf = ({ message, recipient }: Wanted): string =>
  recipient.owner === '' ? message.address : recipient.address;

function outgoingOf({ message, recipient }: Wanted): Outgoing {
  const { messageId: id, name, subject, text, html, payload, threads, unsubscribeUrl } = message;
  return {
    id,
    to: { name, address: addressOf({ message, recipient }) },
    secrets: recipient.secrets,
    rendered: { subject, text, html, payload },
    threads,
    unsubscribeUrl,
  };
}

/** Takes one message of the outbox to where it belongs. It is marked as sent only when the other side has accepted it. */
@Injectable()
export class DeliverProcessor implements Processor<'deliver'> {
  readonly job = 'deliver';
  private readonly log = new Logger('Delivery');
  private readonly outside: Outside;

  constructor(
    private readonly deliveries: DeliveryRepository,
    @Inject(CHANNELS) private readonly channels: Channel[],
    @Inject(MAILER) mailer: Mailer,
    @Inject(DELIVERY_FETCHER) fetcher: Fetcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.outside = { mailer, fetcher, clock };
  }

  async run({ channel: id, notificationId }: JobData<'deliver'>): Promise<NextJob[]> {
    const channel = this.channels.find((c) => c.id === id);
    if (!channel) return [];
    const claimed = await this.deliveries.claim(notificationId, STALE_MS, this.clock.now());
    const wanted = claimed && (await this.wanted(claimed));
    if (wanted) await this.deliver(channel, wanted);
    return [];
  }

  /** What is to be sent now; where it is not, that is noted. */
  private async wanted({ message, recipient }: Claimed): Promise<Wanted | null> {
    const now = this.clock.now();
    const why = whyNotWanted(recipient, now);
    if (why) await this.deliveries.drop(message, why);
    else if (isPaused(recipient!.pausedUntil, now))
      await this.deliveries.postpone(message, recipient!.pausedUntil!);
    else return { message, recipient: recipient! };
    return null;
  }

  private async deliver(channel: Channel, claimed: Wanted): Promise<void> {
    if (claimed.recipient.locked)
      return this.refused(channel, claimed, new CarnotError('Locked', LOCKED, 'person'));
    const outgoing = outgoingOf(claimed);
    let where: string;
    try {
      where = redacted((await this.inTime(channel, outgoing)).where, outgoing);
    } catch (error) {
      return this.refused(channel, claimed, error as Error);
    }
    // Apart from the sending: that our database failed must not be taken for a message that did not leave.
    await untilNoted(() =>
      this.deliveries.accepted(claimed.message, where.slice(0, LONGEST_WORDS), this.clock.now()),
    );
  }

  /** A channel that never ends must not keep a message for itself after another process may have taken it. */
  private inTime(channel: Channel, outgoing: Outgoing): Promise<{ where: string }> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new CarnotError('Timeout', `not sent within ${SENDING_MS / 1_000} seconds`, 'later')),
        SENDING_MS,
      );
    });
    return Promise.race([channel.send(outgoing, this.outside), late]).finally(() => clearTimeout(timer));
  }

  /** The outbox remembers when to try again, so that a message outlives any queue. Only a refusal of this very message, or of its address, is final. */
  private async refused(channel: Channel, claimed: Wanted, error: Error): Promise<void> {
    const { message, recipient } = claimed;
    const words = redacted(error.message, outgoingOf(claimed)).slice(0, LONGEST_WORDS);
    const ours = error instanceof CarnotError ? error : null;
    const wait =
      ours?.retryPolicy === 'never'
        ? null
        : waitAfter(message.attempts, channel.waits, Math.random(), ours?.details.retryAfterMs);
    const now = this.clock.now();
    if (isAddressGone(error))
      await this.deliveries.gone(message, { id: recipient.id, address: addressOf(claimed) }, words, now);
    else await this.deliveries.refused(message, words, wait, now);
    const next = isAddressGone(error)
      ? 'nothing further is sent there'
      : wait === null
        ? 'given up'
        : `next try in ${Math.round(wait / 1_000)} s`;
    this.log.warn(`${message.channel} message ${message.id} did not leave: ${words}; ${next}`);
  }
}
