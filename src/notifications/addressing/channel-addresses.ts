import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Conflict, NotFound } from '../../kernel/errors.js';
import type { Channel } from '../domain/delivery/channel.js';
import { signingSecret } from '../domain/delivery/test-message.js';
import type { Clock } from '../../kernel/ports.js';
import { FollowRepository } from '../store/follow.repository.js';
import { RecipientRepository, type Recipient } from '../store/recipient.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { chosen } from '../api/preferences-views.js';
import { NotificationPreferences } from '../preferences/preferences.js';
import { newRecipient } from '../new-recipient.js';
import { AddressCheck } from './address-check.js';
import {
  MOST_CHANNELS,
  type ChannelChange,
  type ChannelOwner,
  type NewChannel,
} from '../api/channel-views.js';

const SECRET_BYTES = 32;
const newSecret = (): string => signingSecret(randomBytes(SECRET_BYTES));
/** The owner name stored with an address. */
export const ownerName = ({ kind, id }: ChannelOwner): string => `${kind}/${id}`;

/** The addresses of chats and programs that receive the news of an institute or a group. */
@Injectable()
export class ChannelAddresses {
  constructor(
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly check: AddressCheck,
    private readonly preferences: NotificationPreferences,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Lists them oldest first. Throws NotFound if the owner does not exist. */
  async list(owner: ChannelOwner): Promise<Recipient[]> {
    await this.check.owner(owner);
    return this.recipients.ofOwner(ownerName(owner));
  }

  /** Throws NotFound if the owner has no channel with this id. */
  async findById(owner: ChannelOwner, id: string): Promise<Recipient> {
    const found = await this.recipients.findById(id);
    if (found?.owner !== ownerName(owner)) throw new NotFound('no-channel', { id });
    return found;
  }

  /**
   * Adds an address; its first message lists the best calls. Throws if the address is not allowed, already
   * exists or exceeds the limit.
   */
  async make(
    owner: ChannelOwner,
    { channel: id, address: typed, name, language, preferences }: NewChannel,
  ): Promise<Recipient> {
    await this.check.owner(owner);
    const channel = this.check.channel(id);
    const address = this.check.address(channel, typed);
    const now = this.clock.now();
    const recipient = await this.recipients.add(
      newRecipient(
        {
          channel: channel.id,
          owner: ownerName(owner),
          address,
          name,
          language,
          profileId: owner.kind === 'profile' ? owner.id : null,
          preferences: chosen(preferences),
          secrets: channel.signs ? [newSecret()] : [],
        },
        now,
      ),
      MOST_CHANNELS,
    );
    if (recipient === 'known') throw new Conflict('channel-exists');
    if (recipient === 'full') throw new Conflict('most-channels', { most: MOST_CHANNELS });
    await this.follows.begin({
      recipientId: recipient.id,
      kind: owner.kind,
      target: owner.id,
      origin: 'own',
      since: now,
    });
    return recipient;
  }

  /** Changes a channel. A new address receives messages again even if the old one was permanently refused. */
  async change(
    owner: ChannelOwner,
    id: string,
    { name, address, language, preferences, pausedUntil, stopped }: ChannelChange,
  ): Promise<Recipient> {
    const before = await this.findById(owner, id);
    const moved =
      address === undefined
        ? before.address
        : this.check.address(this.check.channel(before.channel), address);
    const others = await this.recipients.ofOwner(before.owner);
    if (others.some((r) => r.id !== id && r.channel === before.channel && r.address === moved))
      throw new Conflict('channel-exists');
    const resumes = stopped ?? (moved === before.address ? undefined : false);
    await this.preferences.choose(before, {
      preferences,
      pausedUntil,
      language,
      ...(resumes !== undefined && { stopped: resumes }),
    });
    await this.recipients.change(id, { name, ...(moved !== before.address && { address: moved }) });
    return this.findById(owner, id);
  }

  /** Removes a channel; nothing is sent there any more. */
  async remove(owner: ChannelOwner, id: string): Promise<Recipient> {
    const found = await this.findById(owner, id);
    await this.recipients.remove(id);
    return found;
  }

  /**
   * Adds a new secret, which signs first; the previous one also signs until it is dropped or the next
   * rotation. Throws if the channel does not sign.
   */
  async rotate(owner: ChannelOwner, id: string): Promise<{ recipient: Recipient; secret: string }> {
    const recipient = await this.signing(owner, id);
    const secret = newSecret();
    const secrets = [secret, ...recipient.secrets.slice(0, 1)];
    await this.recipients.change(id, { secrets });
    return { recipient: await this.findById(owner, id), secret };
  }

  /** Leaves only the newest secret signing. */
  async dropOld(owner: ChannelOwner, id: string): Promise<Recipient> {
    const recipient = await this.signing(owner, id);
    const secrets = recipient.secrets.slice(0, 1);
    await this.recipients.change(id, { secrets });
    return { ...recipient, secrets };
  }

  private async signing(owner: ChannelOwner, id: string): Promise<Recipient> {
    const recipient = await this.findById(owner, id);
    const channel: Channel = this.check.channel(recipient.channel);
    if (!channel.signs) throw new Conflict('channel-not-signed', { channel: channel.id });
    return recipient;
  }
}
