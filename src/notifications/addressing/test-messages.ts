import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Outgoing } from '../domain/delivery/channel.js';
import { testMessage } from '../domain/delivery/test-message.js';
import type { Clock, Fetcher, Mailer } from '../../kernel/ports.js';
import type { RecipientEntity } from '../store/notification.entity.js';
import { FollowRepository, type Recipient } from '../store/recipient.repository.js';
import { CLOCK, DELIVERY_FETCHER, MAILER } from '../../platform/tokens.js';
import { Addresses, NameBook } from '../recipient-context.js';
import { ChannelRegistry } from '../channel-registry.js';
import { CarnotError } from '../../kernel/errors.js';
import { redacted } from '../../kernel/one-line.js';
import { HeldSending } from '../../outbox/store/sending.js';
import { LOCKED } from '../deliver.job.js';
import type { Tried } from '../api/channel-views.js';

const HELD_BACK = 'sending is held since this installation was restored: npm run cli -- resume-sending';

/** Tests an address immediately, bypassing the outbox: whoever set it up is waiting for the result. */
@Injectable()
export class ChannelTests {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly addresses: Addresses,
    private readonly follows: FollowRepository,
    private readonly names: NameBook,
    private readonly sending: HeldSending,
    @Inject(MAILER) private readonly mailer: Mailer,
    @Inject(DELIVERY_FETCHER) private readonly fetcher: Fetcher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Sends the test and returns the other side's answer; a refusal is an answer too. */
  async send(recipient: Recipient): Promise<Tried> {
    if (recipient.locked) return { ok: false, answer: LOCKED, at: this.clock.now().toISOString() };
    if (await this.sending.held())
      return { ok: false, answer: HELD_BACK, at: this.clock.now().toISOString() };
    const outgoing = await this.message(recipient);
    const [{ mailer, fetcher, clock }, at] = [this, this.clock.now().toISOString()];
    try {
      const { where } = await this.channels.get(recipient.channel).send(outgoing, { mailer, fetcher, clock });
      return { ok: true, answer: redacted(where, outgoing), at };
    } catch (error) {
      if (!(error instanceof CarnotError)) throw error;
      return { ok: false, answer: redacted(error.message, outgoing), at };
    }
  }

  /** In the format of the recipient's channel. */
  private async message(recipient: RecipientEntity): Promise<Outgoing> {
    const { channel, language, token, name, address, secrets } = recipient;
    const { all } = await this.names.forRecipient({
      recipient,
      follows: await this.follows.findByRecipient(recipient.id),
    });
    const [settingsUrl, unsubscribeUrl] = [
      this.addresses.settings(recipient),
      this.addresses.unsubscribe(token),
    ];
    const message = testMessage({
      id: randomUUID(),
      callId: randomUUID(),
      language,
      follows: all,
      publicUrl: this.addresses.home,
      settingsUrl,
      unsubscribeUrl,
      now: this.clock.now(),
    });
    return {
      id: this.addresses.messageId(`test.${message.id}`),
      to: { name, address },
      secrets,
      rendered: this.channels.get(channel).render(message),
      threads: [],
      unsubscribeUrl,
    };
  }
}
