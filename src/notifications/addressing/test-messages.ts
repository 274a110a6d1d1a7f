import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Outgoing } from '../domain/delivery/channel.js';
import { testMessage } from '../domain/delivery/test-message.js';
import type { Clock } from '../../kernel/ports.js';
import type { RecipientEntity } from '../store/recipient.entity.js';
import { FollowRepository } from '../store/follow.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { Addresses } from '../addresses.js';
import { ChannelRegistry } from '../channel-registry.js';
import { NameBook } from '../names.js';

/** Writes the test message in the format of the recipient's channel. */
@Injectable()
export class TestMessages {
  constructor(
    private readonly channels: ChannelRegistry,
    private readonly addresses: Addresses,
    private readonly follows: FollowRepository,
    private readonly names: NameBook,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async to(recipient: RecipientEntity): Promise<Outgoing> {
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
