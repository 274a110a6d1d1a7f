import { Inject, Logger } from '@nestjs/common';
import { z } from 'zod';
import { CarnotError } from '../kernel/errors.js';
import type { Channel, Outgoing, Outside } from './domain/delivery/channel.js';
import { isAddressGone } from '../kernel/mail-refusal.js';
import { isPaused } from './domain/schedule/next-message.js';
import { redacted } from '../kernel/one-line.js';
import { STALE_MS } from '../outbox/domain/tries.js';
import { tryToSend } from '../outbox/attempt.js';
import type { Clock, Fetcher, Mailer } from '../kernel/ports.js';
import { type Claimed, DeliveryRepository } from './store/delivery.repository.js';
import { CLOCK, DELIVERY_FETCHER, MAILER } from '../platform/tokens.js';
import { CHANNELS } from './channel-registry.js';
import {
  defineJob,
  job,
  type Job,
  type JobData,
  type NextJob,
  ofAllInstitutes,
  Runs,
} from '../platform/queue/job.js';

/** What is known of a recipient when a message is about to be sent; null if they no longer exist. */
type RecipientFacts = { stoppedAt: Date | null; pausedUntil: Date | null; follows: boolean } | null;

/**
 * Says why a queued message is dropped; null if it is sent. What it tells is out of date after a pause: the
 * next digest tells it anew.
 */
export function whyNotWanted(recipient: RecipientFacts, now: Date): string | null {
  if (!recipient) return 'the recipient is not there any more';
  if (recipient.stoppedAt) return 'the recipient has been stopped';
  if (!recipient.follows) return 'the recipient follows nothing any more';
  return isPaused(recipient.pausedUntil, now) ? 'the recipient has paused' : null;
}

/** The error of a message that waits for the key or for another address. */
export const LOCKED =
  'its address cannot be read with the present SECRET_KEY: put the earlier key back, or enter the address again';

type Wanted = Claimed & { recipient: NonNullable<Claimed['recipient']> };

const LONGEST_WORDS = 500;
const shortWords = (text: string, outgoing: Outgoing): string =>
  redacted(text, outgoing).slice(0, LONGEST_WORDS);

/**
 * Returns where to send. A channel's address may have changed: pending messages and their secrets go to the
 * current one. An e-mail goes to the address it was written to.
 */
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

/** Messages queued per tick, split equally between the channels; the next tick finds the rest. */
const MOST = 1_000;
/** Per recipient: an unresponsive one blocks a sender for up to a minute per message. */
const MOST_OF_RECIPIENT = 20;

export const DELIVER = defineJob({
  name: 'deliver',
  queue: 'deliver',
  part: ({ channel }) => channel,
  data: z.strictObject({ channel: z.string(), notificationId: z.uuid() }),
  rows: ofAllInstitutes('a message is for all that its recipient follows'),
});

/** Delivers one message from the outbox. It is marked as sent only once the other side has accepted it. */
@Runs(DELIVER)
export class DeliverJob implements Job<typeof DELIVER> {
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

  /**
   * Finds messages waiting in the outbox: the job was lost, the first try failed, or the sender was killed.
   */
  async due(): Promise<NextJob[]> {
    const most = { ofChannel: Math.floor(MOST / this.channels.length), ofRecipient: MOST_OF_RECIPIENT };
    const waiting = await this.deliveries.waiting(
      this.channels.map((c) => c.id),
      STALE_MS,
      most,
    );
    return waiting.map(({ channel, id }) => job(DELIVER, { channel, notificationId: id }));
  }

  async run({ channel: id, notificationId }: JobData<typeof DELIVER>): Promise<NextJob[]> {
    const channel = this.channels.find((c) => c.id === id);
    if (!channel) return [];
    const claimed = await this.deliveries.claim(notificationId, STALE_MS, this.clock.now());
    const wanted = claimed && (await this.wanted(claimed));
    if (wanted) await this.deliver(channel, wanted);
    return [];
  }

  /** Returns what to send now; otherwise drops it. */
  private async wanted({ message, recipient }: Claimed): Promise<Wanted | null> {
    const why = whyNotWanted(recipient, this.clock.now());
    if (!why) return { message, recipient: recipient! };
    await this.deliveries.drop(message, why);
    return null;
  }

  private deliver(channel: Channel, claimed: Wanted): Promise<void> {
    const { message, recipient } = claimed;
    const outgoing = outgoingOf(claimed);
    return tryToSend(this.log, {
      name: `${message.channel} message ${message.id}`,
      attempts: message.attempts,
      waits: channel.waits,
      send: async () => {
        if (recipient.locked) throw new CarnotError('Locked', LOCKED, 'person');
        return channel.send(outgoing, this.outside);
      },
      accepted: (where) => this.deliveries.accepted(message, shortWords(where, outgoing), this.clock.now()),
      wordsOf: (error) => shortWords(error.message, outgoing),
      refused: (error, words, waitMs) => this.refused(claimed, error, words, waitMs),
    });
  }

  private async refused(
    claimed: Wanted,
    error: Error,
    words: string,
    waitMs: number | null,
  ): Promise<string | void> {
    const { message, recipient } = claimed;
    const now = this.clock.now();
    if (!isAddressGone(error)) await this.deliveries.refused(message, words, waitMs, now);
    else {
      await this.deliveries.gone(message, { id: recipient.id, address: addressOf(claimed) }, words, now);
      return 'nothing further is sent there';
    }
  }
}
