import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Conflict, NotFound } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import { signingSecret } from '../domain/delivery/test-message.js';
import { FollowRepository, RecipientRepository, type Recipient } from '../store/recipient.repository.js';
import { RateLimit } from '../../platform/access/rate-limit.js';
import { ahead, behindCursor, InCursor, page, type Page } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import { chosen, type ListQuery } from '../api/preferences-views.js';
import { ChannelRegistry } from '../channel-registry.js';
import { newRecipient } from '../new-recipient.js';
import { NotificationPreferences } from '../preferences/preferences.js';
import { RecipientContexts } from '../recipient-context.js';
import { AddressCheck } from './address-check.js';
import { ChannelTests } from './test-messages.js';
import {
  channelView,
  MOST_CHANNELS,
  type ChannelChange,
  type ChannelOwner,
  type ChannelView,
  type MadeChannel,
  type NewChannel,
  type Tried,
} from '../api/channel-views.js';

export type { ChannelOwner };

const SECRET_BYTES = 32;
const newSecret = (): string => signingSecret(randomBytes(SECRET_BYTES));
const ownerName = ({ kind, id }: ChannelOwner): string => `${kind}/${id}`;

/**
 * The addresses of chats and programs that receive the news of an institute or a group, as shown, without
 * secrets. Callers check the permissions.
 */
@Injectable()
export class ChannelService {
  constructor(
    private readonly recipients: RecipientRepository,
    private readonly follows: FollowRepository,
    private readonly check: AddressCheck,
    private readonly preferences: NotificationPreferences,
    private readonly tests: ChannelTests,
    private readonly channels: ChannelRegistry,
    private readonly contexts: RecipientContexts,
    private readonly limits: RateLimit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of channels, oldest first. Throws NotFound if the owner does not exist. */
  async list(owner: ChannelOwner, { limit, cursor }: ListQuery): Promise<Page<ChannelView>> {
    await this.check.owner(owner);
    const all = await this.recipients.ofOwner(ownerName(owner));
    const rest = behindCursor(all, cursor, z.tuple([InCursor.moment, InCursor.id]), ({ since, id }) => [
      since.toISOString(),
      id,
    ]).slice(0, ahead(limit));
    const views = await Promise.all(rest.map((r) => this.view(r)));
    return page(
      views,
      limit,
      all.length,
      (view) => view,
      ({ since, id }) => [since, id],
    );
  }

  async viewById(owner: ChannelOwner, id: string): Promise<ChannelView> {
    return this.view(await this.findById(owner, id));
  }

  /**
   * Adds an address; its first message lists the best calls. Throws if the address is not allowed, already
   * exists or exceeds the limit. The secret appears only in this response.
   */
  async make(
    owner: ChannelOwner,
    { channel: id, address: typed, name, language, preferences }: NewChannel,
  ): Promise<MadeChannel> {
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
    return { ...(await this.view(recipient)), secret: recipient.secrets[0] ?? null };
  }

  /** Changes a channel. A new address receives messages again even if the old one was permanently refused. */
  async change(
    owner: ChannelOwner,
    id: string,
    { name, address, language, preferences, pausedUntil, stopped }: ChannelChange,
  ): Promise<ChannelView> {
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
    return this.viewById(owner, id);
  }

  /** Removes a channel; nothing is sent there any more. */
  async remove(owner: ChannelOwner, id: string): Promise<ChannelView> {
    const found = await this.findById(owner, id);
    await this.recipients.remove(id);
    return this.view(found);
  }

  /**
   * Adds a new secret, which signs first; the previous one also signs until it is dropped or the next
   * rotation. Throws if the channel does not sign. The new secret appears only in this response.
   */
  async rotate(owner: ChannelOwner, id: string): Promise<MadeChannel> {
    const recipient = await this.signing(owner, id);
    const secret = newSecret();
    await this.recipients.change(id, { secrets: [secret, ...recipient.secrets.slice(0, 1)] });
    return { ...(await this.viewById(owner, id)), secret };
  }

  /** Leaves only the newest secret signing. */
  async dropOld(owner: ChannelOwner, id: string): Promise<ChannelView> {
    const recipient = await this.signing(owner, id);
    const secrets = recipient.secrets.slice(0, 1);
    await this.recipients.change(id, { secrets });
    return this.view({ ...recipient, secrets });
  }

  /** Throws TooOften if an owner tests its addresses too often. */
  async test(owner: ChannelOwner, id: string): Promise<Tried> {
    await this.limits.take('tests of channels', ownerName(owner));
    return this.tests.send(await this.findById(owner, id));
  }

  /** Throws NotFound if the owner has no channel with this id. */
  private async findById(owner: ChannelOwner, id: string): Promise<Recipient> {
    const found = await this.recipients.findById(id);
    if (found?.owner !== ownerName(owner)) throw new NotFound('no-channel', { id });
    return found;
  }

  private async signing(owner: ChannelOwner, id: string): Promise<Recipient> {
    const recipient = await this.findById(owner, id);
    const channel = this.check.channel(recipient.channel);
    if (!channel.signs) throw new Conflict('channel-not-signed', { channel: channel.id });
    return recipient;
  }

  private async view(recipient: Recipient): Promise<ChannelView> {
    return channelView(
      recipient,
      this.channels.findById(recipient.channel)?.signs ?? false,
      await this.contexts.preferences(recipient),
      this.clock.now(),
    );
  }
}
